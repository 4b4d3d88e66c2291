package io.twinstore.storage.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link FaultyProxy}, with a thread for each direction. */
final class ProxiedConnection {

    private static final int BUFFER = 1 << 15;

    private final FaultyProxy proxy;
    private final Socket client;
    private final Socket server = new Socket();
    private volatile boolean swallow;

    /** Whether the server has answered since the client's last bytes, so that the next ask anew. */
    private volatile boolean answered = true;

    private volatile @Nullable CompletableFuture<Void> onCut;

    ProxiedConnection(FaultyProxy proxy, Socket client) {
        this.proxy = proxy;
        this.client = client;
    }

    /** Completes this when the connection is cut. */
    void onCut(CompletableFuture<Void> sprung) {
        onCut = sprung;
    }

    /** Connects to the server and hands on the client's bytes until one of the two is done. */
    void run(String host, int port) {
        try {
            server.connect(new InetSocketAddress(host, port));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            FaultyProxy.start("proxy to client", this::answer);
            ask();
        } catch (IOException e) {
            cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut();
        }
    }

    private void ask() throws IOException, InterruptedException {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            boolean begins = answered;
            answered = false;
            if (proxy.isArmed()) {
                String bytes = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
                switch (proxy.fateOf(this, begins, bytes)) {
                    case FORWARD -> {}
                    case SWALLOW_REPLY -> swallow = true;
                    case CUT -> {
                        cut();
                        return;
                    }
                }
            }
            if (!proxy.pass(this)) {
                return;
            }
            out.write(buffer, 0, n);
        }
        end();
    }

    private void answer() {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (swallow) {
                    cut();
                    return;
                }
                answered = true;
                if (!proxy.pass(this)) {
                    return;
                }
                out.write(buffer, 0, n);
            }
            end();
        } catch (IOException e) {
            cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut();
        }
    }

    /** Ends the connection as a network does that breaks: with a reset, to both sides. */
    void cut() {
        close(true);
    }

    /** Ends the connection as one of its sides did. */
    private void end() {
        close(false);
    }

    private void close(boolean reset) {
        proxy.leave(this);
        for (Socket socket : new Socket[] {client, server}) {
            try (socket) {
                if (reset && !socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                }
            } catch (IOException e) {
                // It is gone, which is all that is wanted.
            }
        }
        CompletableFuture<Void> told = onCut;
        if (told != null) {
            told.complete(null);
        }
    }
}
