package aio.proof.network;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import aio.loop.TimerHandle;
import aio.testkit.VirtualLink;
import aio.testkit.VirtualLoops;
import aio.testkit.VirtualNetwork;
import aio.transport.StreamTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A room that passes on each line to all, and members who come again when they have heard nothing for a while. */
final class Chat {
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(2);
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_STORMS = Duration.ofMinutes(10);

    private final VirtualLoops loops;
    private final VirtualNetwork network;
    private final List<Guest> guests = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Integer> latest = new HashMap<>();
    private final List<String> story = new ArrayList<>();
    private int storms;
    private boolean over;

    Chat(VirtualLoops loops) {
        this.loops = loops;
        network = VirtualNetwork.of(loops);
        network.listen("room", loops.newLoop("room"), Guest::new);
    }

    /** Adds a member, whose protocol may be another one than usual. */
    void join(String name, Function<Member, Lines> protocol) {
        Member member = new Member(name, loops.newLoop(name), protocol);
        members.add(member);
        member.loop.callSoon(member::connect);
        member.loop.callSoon(member::talk);
    }

    /** Lets the members talk for some time, in bad weather. */
    void run(Duration length) {
        EventLoop weather = loops.newLoop("weather");
        Random random = new Random(loops.seed());
        weather.callLater(BETWEEN_STORMS, () -> storm(weather, random));
        loops.runFor(length);
        over = true;
        network.links().forEach(VirtualLink::reset);
        loops.run();
    }

    private void storm(EventLoop weather, Random random) {
        List<VirtualLink> links = network.links();
        if (over) {
            return;
        }
        if (!links.isEmpty()) {
            VirtualLink link = links.get(random.nextInt(links.size()));
            storms++;
            switch (random.nextInt(4)) {
                case 0 -> link.reset();
                case 1 -> link.cut();
                case 2 -> {
                    link.cut();
                    weather.callLater(Duration.ofMinutes(1), link::mend);
                }
                default -> link.slow(20);
            }
        }
        weather.callLater(BETWEEN_STORMS, () -> storm(weather, random));
    }

    /** What every member has heard, and when. */
    List<String> story() {
        return story;
    }

    /** How often a connection was disturbed. */
    int storms() {
        return storms;
    }

    /** How often members have connected. */
    int connects() {
        return members.stream().mapToInt(member -> member.connects).sum();
    }

    /** The room's side of a connection. */
    private final class Guest extends Lines {
        @Override
        public void connectionMade(StreamTransport made) {
            super.connectionMade(made);
            guests.add(this);
        }

        @Override
        void line(String line) {
            String[] words = line.split(" ");
            int number = Integer.parseInt(words[1]);
            // what an older connection of that member still brings, when its link is mended, is late
            if (number > latest.getOrDefault(words[0], 0)) {
                latest.put(words[0], number);
                List.copyOf(guests).forEach(guest -> guest.say(line));
            }
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            guests.remove(this);
        }
    }

    /** Somebody who talks, and listens. */
    final class Member {
        private final String name;
        private final EventLoop loop;
        private final Function<Member, Lines> protocol;
        private final Map<String, Integer> heard = new HashMap<>();
        private @Nullable Lines connection;
        private @Nullable TimerHandle silence;
        private int said;
        private int connects;

        private Member(String name, EventLoop loop, Function<Member, Lines> protocol) {
            this.name = name;
            this.loop = loop;
            this.protocol = protocol;
        }

        private void connect() {
            if (!over) {
                connects++;
                network.connect("room", loop, () -> protocol.apply(this))
                        .thenAccept(made -> connection = made.protocol());
                listen();
            }
        }

        private void listen() {
            if (silence != null) {
                silence.cancel();
            }
            silence = over ? null : loop.callLater(SILENCE, this::again);
        }

        private void again() {
            Lines old = connection;
            connection = null;
            if (old != null) {
                old.giveUp();
            }
            connect();
        }

        private void talk() {
            if (connection != null) {
                connection.say(name + " " + ++said);
            }
            if (!over) {
                loop.callLater(BETWEEN_LINES, this::talk);
            }
        }

        /** Hears a line: those of one member come in order, each once. */
        void hear(String line) {
            String[] words = line.split(" ");
            assertThat(words).as("the words of '%s'", line).hasSize(2);
            int number = Integer.parseInt(words[1]);
            assertThat(number).as("the number in '%s'", line).isGreaterThan(heard.getOrDefault(words[0], 0));
            heard.put(words[0], number);
            story.add(loops.elapsed() + " " + name + " heard " + line);
            listen();
        }

        /** The connection is gone: comes again when it has been silent for long enough, or at once. */
        void lost(Lines which) {
            if (which == connection) {
                connection = null;
                if (silence != null) {
                    silence.cancel();
                }
                connect();
            }
        }
    }
}
