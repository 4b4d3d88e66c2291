package io.twinstore.storage.integration;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands between a client and a PostgreSQL server and notes what the client asks: a statement for
 * each Execute or simple Query, a round trip for each message after which the client waits for the
 * server's ReadyForQuery. Passes everything on unchanged; for connections without TLS.
 *
 * <p>The format is that of the chapter "Frontend/Backend Protocol" of PostgreSQL's manual.
 */
final class WireTap implements AutoCloseable {

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final List<String> statements = new ArrayList<>();
    private int roundTrips;

    WireTap(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("tap", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What was asked since it was last taken. */
    record Asked(List<String> statements, int roundTrips) {}

    synchronized Asked take() {
        Asked asked = new Asked(List.copyOf(statements), roundTrips);
        statements.clear();
        roundTrips = 0;
        return asked;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start("tap to client", () -> copy(server, client));
                start("tap to server", () -> follow(client, server));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two has closed its end.
        }
    }

    private void follow(Socket client, Socket server) {
        try (client;
                server) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = server.getOutputStream();
            Session session = new Session();
            // The first message has no type.
            forward(out, -1, body(in));
            while (true) {
                int type = in.readUnsignedByte();
                byte[] body = body(in);
                session.note(type, body);
                forward(out, type, body);
            }
        } catch (IOException e) {
            // One of the two has closed its end.
        }
    }

    private static byte[] body(DataInputStream in) throws IOException {
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        return body;
    }

    private static void forward(OutputStream out, int type, byte[] body) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(body.length + Integer.BYTES + (type < 0 ? 0 : 1));
        if (type >= 0) {
            message.put((byte) type);
        }
        message.putInt(body.length + Integer.BYTES).put(body);
        out.write(message.array());
    }

    /** What is prepared and bound on one connection. */
    private final class Session {

        private final Map<String, String> prepared = new HashMap<>();
        private final Map<String, String> bound = new HashMap<>();

        void note(int type, byte[] body) {
            synchronized (WireTap.this) {
                switch (type) {
                    case 'P' -> prepared.put(text(body, 0), text(body, 1));
                    case 'B' ->
                            bound.put(
                                    text(body, 0), prepared.getOrDefault(text(body, 1), "unknown"));
                    case 'E' -> statements.add(bound.getOrDefault(text(body, 0), "unknown"));
                    case 'S' -> roundTrips++;
                    case 'Q' -> {
                        statements.add(text(body, 0));
                        roundTrips++;
                    }
                    default -> {}
                }
            }
        }

        /** Returns the text with this number of those that end in NUL. */
        private static String text(byte[] body, int number) {
            int start = 0;
            for (int i = 0; i <= number; i++) {
                int end = start;
                while (body[end] != 0) {
                    end++;
                }
                if (i == number) {
                    return new String(body, start, end - start, StandardCharsets.UTF_8);
                }
                start = end + 1;
            }
            throw new AssertionError();
        }
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
