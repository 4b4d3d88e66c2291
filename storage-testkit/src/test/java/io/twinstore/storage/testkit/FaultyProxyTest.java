package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy fails in the way that it was asked for, and otherwise hands everything on. */
class FaultyProxyTest {

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private FaultyProxy proxy;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = new FaultyProxy(server.getInetAddress().getHostAddress(), server.getLocalPort());
        FaultyProxy.start("server", this::serve);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    /** Answers each line with itself. */
    private void serve() {
        try {
            while (true) {
                Socket socket = server.accept();
                FaultyProxy.start("echo", () -> echo(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void echo(Socket socket) {
        try (socket) {
            BufferedReader in = reader(socket);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                received.add(line);
                socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // Cut.
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A client that waits for each answer. */
    private final class Client implements AutoCloseable {

        private final Socket socket = new Socket(proxy.host(), proxy.port());
        private final BufferedReader in = reader(socket);

        private Client() throws IOException {}

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        String ask(String line) throws IOException {
            send(line);
            String answer = in.readLine();
            if (answer == null) {
                throw new IOException("The connection ended.");
            }
            return answer;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void awaited(CompletableFuture<Void> sprung) throws Exception {
        sprung.get(30, TimeUnit.SECONDS);
    }

    private String received() throws InterruptedException {
        return String.valueOf(received.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void handsEverythingOn() throws Exception {
        try (Client one = new Client();
                Client other = new Client()) {
            assertThat(one.ask("a")).isEqualTo("a");
            assertThat(other.ask("b")).isEqualTo("b");
            assertThat(one.ask("c".repeat(200_000))).hasSize(200_000);
            assertThat(proxy.connections()).isEqualTo(2);
        }
    }

    @Test
    void cutsAndLetsNewOnesIn() throws Exception {
        try (Client client = new Client()) {
            client.ask("a");
            proxy.cutAll();
            assertThatThrownBy(() -> client.ask("b")).isInstanceOf(IOException.class);
            assertThat(proxy.connections()).isZero();
        }
        try (Client client = new Client()) {
            assertThat(client.ask("c")).isEqualTo("c");
        }
    }

    @Test
    void refuses() throws Exception {
        proxy.refuse();
        assertThatThrownBy(
                        () -> {
                            try (Client client = new Client()) {
                                client.ask("a");
                            }
                        })
                .isInstanceOf(IOException.class);
        proxy.admit();
        try (Client client = new Client()) {
            assertThat(client.ask("b")).isEqualTo("b");
        }
        assertThat(received).containsExactly("b");
    }

    @Test
    void losesAReply() throws Exception {
        try (Client client = new Client()) {
            client.ask("a");
            CompletableFuture<Void> sprung = proxy.swallowReplyAfter(1);
            assertThat(client.ask("b")).isEqualTo("b");
            assertThatThrownBy(() -> client.ask("c")).isInstanceOf(IOException.class);
            awaited(sprung);
        }
        assertThat(received()).isEqualTo("a");
        assertThat(received()).isEqualTo("b");
        assertThat(received()).isEqualTo("c");
    }

    @Test
    void losesTheReplyToAText() throws Exception {
        try (Client client = new Client();
                Client other = new Client()) {
            CompletableFuture<Void> sprung = proxy.swallowReplyTo("bad");
            assertThat(client.ask("good")).isEqualTo("good");
            assertThatThrownBy(() -> other.ask("a bad one")).isInstanceOf(IOException.class);
            awaited(sprung);
            assertThat(client.ask("bad")).isEqualTo("bad");
        }
        assertThat(received).contains("a bad one");
    }

    @Test
    void losesARequest() throws Exception {
        try (Client client = new Client();
                Client other = new Client()) {
            client.ask("a");
            CompletableFuture<Void> sprung = proxy.cutAfter(0);
            assertThatThrownBy(() -> client.ask("b")).isInstanceOf(IOException.class);
            awaited(sprung);
            assertThat(other.ask("c")).isEqualTo("c");
        }
        assertThat(received).containsExactly("a", "c");
    }

    @Test
    void faultWaitsForAConnectionThatAsks() throws Exception {
        CompletableFuture<Void> sprung = proxy.cutAfter(1);
        try (Client client = new Client()) {
            client.ask("a");
        }
        try (Client client = new Client()) {
            assertThatThrownBy(
                            () -> {
                                client.ask("b");
                                client.ask("c");
                            })
                    .isInstanceOf(IOException.class);
        }
        awaited(sprung);
    }

    @Test
    void holdsBackAndGoesOn() throws Exception {
        try (Client client = new Client()) {
            client.ask("a");
            proxy.stall();
            client.socket.setSoTimeout(200);
            client.send("b");
            assertThatThrownBy(client.in::readLine).isInstanceOf(SocketTimeoutException.class);
            assertThat(received).containsExactly("a");
            client.socket.setSoTimeout(30_000);
            proxy.resume();
            assertThat(client.in.readLine()).isEqualTo("b");
            proxy.stall();
            client.send("c");
            proxy.cutAll();
            assertThatThrownBy(client.in::readLine).isInstanceOf(IOException.class);
        }
    }

    @Test
    void serverThatIsDownLooksLikeOne() throws Exception {
        server.close();
        try (Client client = new Client()) {
            assertThatThrownBy(() -> client.ask("a")).isInstanceOf(IOException.class);
        }
    }
}
