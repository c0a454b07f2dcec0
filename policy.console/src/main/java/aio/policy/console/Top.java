package aio.policy.console;

import aio.loop.LoopBlock;
import aio.loop.LoopDirectory;
import aio.loop.LoopStatistics;
import aio.loop.UserLoad;
import aio.policy.console.View.Style;
import aio.policy.console.json.Json;
import aio.policy.console.usage.Given;
import aio.policy.console.usage.Option;
import aio.policy.console.usage.Screen;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code loop:top}: how busy loops are, and with whose code, round by round. */
final class Top {
    private static final int SECONDS = 1;

    private final LoopDirectory directory;
    private final CountDownLatch gone;

    Top(LoopDirectory directory, CountDownLatch gone) {
        this.directory = directory;
        this.gone = gone;
    }

    /** What is known at an instant. */
    private record Look(long nanos, List<LoopStatistics> loops, List<UserLoad> loads) {
        static Look at(LoopDirectory directory) {
            return new Look(System.nanoTime(), directory.statistics(), directory.loads());
        }

        /** Returns what has happened up to a later look. */
        Round until(Look later, List<LoopBlock> blocks) {
            Duration length = Duration.ofNanos(later.nanos - nanos);
            List<LoopStatistics> between = later.loops.stream().map(now -> sinceThis(now, length))
                    .sorted(Comparator.comparing((LoopStatistics loop) -> Round.share(loop, length)).reversed())
                    .toList();
            return new Round(length, between, Round.byBundle(loads, later.loads),
                    blocks.stream().filter(block -> !block.isOver()).toList());
        }

        /** Loops may share a name: which one it was its age tells. All that a new one did is of this round. */
        private LoopStatistics sinceThis(LoopStatistics now, Duration length) {
            return loops.stream()
                    .filter(before -> before.loop().equals(now.loop()) && before.age().compareTo(now.age()) <= 0)
                    .min(Comparator.comparing(before -> now.age().minus(before.age()).minus(length).abs()))
                    .map(now::since)
                    .orElse(now);
        }
    }

    /** Shows one round or many; returns what a script gets of one. */
    @Nullable Object run(Screen screen, Given given) throws IOException {
        boolean json = given.has(Option.JSON);
        int seconds = given.has(Options.EVERY) ? given.number(Options.EVERY) : SECONDS;
        Rounds rounds = new Rounds(screen, Duration.ofSeconds(seconds), gone);
        int count = given.has(Options.ROUNDS) ? given.number(Options.ROUNDS) : json || !screen.terminal() ? 1 : 0;
        Look before = Look.at(directory);
        for (int round = 1; (count == 0 || round <= count) && rounds.next(); round++) {
            Look now = Look.at(directory);
            Round seen = before.until(now, directory.blocks());
            if (count == 1) {
                return json ? Json.text(seen.json()) : new View<>(Style.TOLD, seen.loops(), seen.lines());
            }
            rounds.show(json ? List.of(Json.text(seen.json())) : seen.lines());
            before = now;
        }
        return null;
    }
}
