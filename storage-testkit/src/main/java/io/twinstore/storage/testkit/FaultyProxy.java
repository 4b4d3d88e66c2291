package io.twinstore.storage.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a database server on TCP, and fails as networks do: cuts connections,
 * refuses new ones, holds everything back, or loses the reply to a request that the server has
 * carried out.
 *
 * <p>It knows no protocol. A request is what a client sends until the server answers. It listens on
 * the loopback address; connections without encryption pass unchanged. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<ProxiedConnection> connections = new HashSet<>();
    private boolean refusing;
    private boolean stalled;
    private @Nullable Trap trap;

    /**
     * Starts a proxy in front of this server, which need not run yet.
     *
     * @throws UncheckedIOException when there is no free port
     */
    public FaultyProxy(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("proxy", this::accept);
    }

    /** A fault that waits for a request. */
    private static final class Trap {

        private final boolean forward;
        private final String text;
        private final CompletableFuture<Void> sprung = new CompletableFuture<>();
        private int requests;
        private @Nullable ProxiedConnection connection;

        private Trap(int requests, String text, boolean forward) {
            this.requests = requests;
            this.text = text;
            this.forward = forward;
        }

        private boolean isSprungBy(ProxiedConnection by, boolean begins, String bytes) {
            if (!text.isEmpty()) {
                return bytes.contains(text);
            }
            if (!begins) {
                return false;
            }
            if (connection == null) {
                connection = by;
            }
            return by.equals(connection) && requests-- == 0;
        }
    }

    /** What becomes of a request. */
    enum Fate {
        FORWARD,
        CUT,
        SWALLOW_REPLY
    }

    /** Returns the address to connect to instead of the server's. */
    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    /** Returns the port to connect to instead of the server's. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns how many connections there are. */
    public synchronized int connections() {
        return connections.size();
    }

    /** Cuts every connection, whatever is under way on it. */
    public void cutAll() {
        List<ProxiedConnection> all;
        synchronized (this) {
            all = List.copyOf(connections);
        }
        all.forEach(ProxiedConnection::cut);
    }

    /** Cuts every connection and, from now on, every new one as soon as it is made. */
    public void refuse() {
        synchronized (this) {
            refusing = true;
        }
        cutAll();
    }

    /** Lets new connections in again. */
    public synchronized void admit() {
        refusing = false;
    }

    /** Holds back every byte, in both directions, as if the server were frozen. */
    public synchronized void stall() {
        stalled = true;
    }

    /** Hands on what was held back, and goes on. */
    public synchronized void resume() {
        stalled = false;
        notifyAll();
    }

    /**
     * Loses a reply: takes the connection on which the next request is made, lets this many
     * requests of it through, hands the one after them to the server, waits until that has
     * answered, and cuts the connection without handing the answer on. Replaces a fault that still
     * waits for its request.
     *
     * @return completed when it has happened
     */
    public CompletableFuture<Void> swallowReplyAfter(int requests) {
        return set(new Trap(requests, "", true));
    }

    /**
     * Loses the reply to the next request that holds this text, on any connection, as {@link
     * #swallowReplyAfter} does.
     *
     * @param text ASCII characters, which the client sends as they are and in one piece
     * @return completed when it has happened
     */
    public CompletableFuture<Void> swallowReplyTo(String text) {
        return set(new Trap(0, text, true));
    }

    /**
     * Loses a request: as {@link #swallowReplyAfter}, but cuts the connection before the server has
     * seen any of the request.
     *
     * @return completed when it has happened
     */
    public CompletableFuture<Void> cutAfter(int requests) {
        return set(new Trap(requests, "", false));
    }

    private synchronized CompletableFuture<Void> set(Trap next) {
        trap = next;
        return next.sprung;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                ProxiedConnection connection = new ProxiedConnection(this, client);
                if (enter(connection)) {
                    start("proxy to server", () -> connection.run(host, port));
                } else {
                    connection.cut();
                }
            }
        } catch (IOException e) {
            cutAll();
        }
    }

    private synchronized boolean enter(ProxiedConnection connection) {
        return !refusing && connections.add(connection);
    }

    synchronized void leave(ProxiedConnection connection) {
        connections.remove(connection);
        // Another connection may spring the trap that was this one's.
        if (trap != null && connection.equals(trap.connection)) {
            trap.connection = null;
        }
        notifyAll();
    }

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits while everything is held back.
     *
     * @return whether to hand on what was held: not where the connection was cut meanwhile
     */
    synchronized boolean pass(ProxiedConnection connection) throws InterruptedException {
        while (stalled && connections.contains(connection)) {
            wait();
        }
        return connections.contains(connection);
    }

    /**
     * Decides about what a client sends.
     *
     * @param begins whether a request begins with it
     * @param bytes what it sends, a character for each byte
     */
    synchronized Fate fateOf(ProxiedConnection connection, boolean begins, String bytes) {
        Trap set = trap;
        if (set == null || !set.isSprungBy(connection, begins, bytes)) {
            return Fate.FORWARD;
        }
        trap = null;
        connection.onCut(set.sprung);
        return set.forward ? Fate.SWALLOW_REPLY : Fate.CUT;
    }

    /** Returns whether a fault waits for a request. */
    synchronized boolean isArmed() {
        return trap != null;
    }

    /** Cuts every connection and stops listening. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refuse();
    }
}
