package io.twinstore.storage.integration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers as a PostgreSQL server that asks for a password and refuses every one; the servers of the
 * tests trust whoever comes. It repeats the password in its answer, which a server would never do.
 *
 * <p>The format is that of the chapter "Frontend/Backend Protocol" of PostgreSQL's manual.
 */
final class SignInRefusal implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final ServerSocket listener;

    SignInRefusal() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "sign-in refusal");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket client = listener.accept()) {
                    refuse(client);
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void refuse(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        int code;
        do {
            byte[] rest = new byte[in.readInt() - 2 * Integer.BYTES];
            code = in.readInt();
            in.readFully(rest);
            if (code == SSL_REQUEST || code == GSS_REQUEST) {
                out.writeByte('N');
            }
        } while (code == SSL_REQUEST || code == GSS_REQUEST);
        // AuthenticationCleartextPassword
        out.writeByte('R');
        out.writeInt(8);
        out.writeInt(3);
        in.readByte();
        byte[] password = new byte[in.readInt() - Integer.BYTES];
        in.readFully(password);
        String shown = new String(password, 0, password.length - 1, StandardCharsets.UTF_8);
        byte[] error =
                ("SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed: " + shown + "\0\0")
                        .getBytes(StandardCharsets.UTF_8);
        out.writeByte('E');
        out.writeInt(error.length + Integer.BYTES);
        out.write(error);
        out.flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
