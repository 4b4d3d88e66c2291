package io.twinstore.storage.integration.histories;

import io.twinstore.storage.testkit.FaultyProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What goes wrong in a round, and when. For one thread. */
final class Faults {

    /** So that there is something under way at each fault. */
    private static final int APART = 50;

    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(300);

    private final List<Fault> planned = new ArrayList<>();
    private final Random random;
    private final List<Worker> workers;
    private final @Nullable KillableServer server;
    private final @Nullable FaultyProxy proxy;
    private final List<CompletableFuture<Void>> armed = new ArrayList<>();
    private long next;
    private long stalledUntil;
    private int kills;
    private int serverKills;
    private int cuts;

    private enum What {
        KILL,
        KILL_SERVER,
        CUT
    }

    private record Fault(What what, long at) {}

    Faults(
            Random random,
            List<Worker> workers,
            @Nullable KillableServer server,
            @Nullable FaultyProxy proxy) {
        this.random = random;
        this.workers = workers;
        this.server = server;
        this.proxy = proxy;
    }

    /** Plans what is to happen while this many appends are acknowledged. */
    void plan(int killed, int killedServers, int cut, int appends) {
        next = 0;
        Collections.nCopies(killed, What.KILL).forEach(what -> plan(what, appends));
        Collections.nCopies(killedServers, What.KILL_SERVER).forEach(what -> plan(what, appends));
        Collections.nCopies(cut, What.CUT).forEach(what -> plan(what, appends));
        planned.sort(Comparator.comparingLong(Fault::at));
    }

    private void plan(What what, int appends) {
        planned.add(new Fault(what, (long) (appends * (0.02 + 0.9 * random.nextDouble()))));
    }

    /** Does what is due after this many acknowledgements. */
    void proceed(long acknowledged) throws IOException, InterruptedException {
        if (stalledUntil != 0 && System.nanoTime() >= stalledUntil && proxy != null) {
            proxy.resume();
            stalledUntil = 0;
        }
        if (planned.isEmpty() || acknowledged < Math.max(next, planned.get(0).at())) {
            return;
        }
        if (carryOut(planned.get(0).what())) {
            planned.remove(0);
            next = acknowledged + APART;
        }
    }

    private boolean carryOut(What what) throws IOException, InterruptedException {
        return switch (what) {
            case KILL -> killOne();
            case KILL_SERVER -> killServer();
            case CUT -> breakConnection();
        };
    }

    private boolean killOne() throws IOException, InterruptedException {
        List<Worker> working = workers.stream().filter(Worker::isWorking).toList();
        if (working.isEmpty()) {
            return false;
        }
        working.get(random.nextInt(working.size())).kill();
        kills++;
        return true;
    }

    private boolean killServer() throws IOException {
        if (server != null) {
            server.kill();
            server.restart();
            serverKills++;
        }
        return true;
    }

    private boolean breakConnection() {
        if (proxy == null) {
            return true;
        }
        // A keyed append makes five requests; any of them may be hit, the commit's as well.
        switch (random.nextInt(8)) {
            case 0 -> {
                proxy.cutAll();
                cuts++;
            }
            case 1, 2 -> armed.add(proxy.cutAfter(random.nextInt(6)));
            case 3 -> {
                proxy.stall();
                cuts++;
                stalledUntil = System.nanoTime() + STALL;
            }
            default -> armed.add(proxy.swallowReplyAfter(random.nextInt(6)));
        }
        return true;
    }

    /** Ends what lasts. */
    void end() {
        if (proxy != null) {
            proxy.resume();
        }
        stalledUntil = 0;
    }

    int kills() {
        return kills;
    }

    int serverKills() {
        return serverKills;
    }

    /** Returns how many faults of connections there were; those that found no request apart. */
    int cuts() {
        return cuts + (int) armed.stream().filter(CompletableFuture::isDone).count();
    }
}
