package aio.bench.report;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a subject shall reach by one metric in some cases of a table, by itself or in relation to a peer. */
record Goal(String table, Pattern cases, String subject, String metric, Relation relation, @Nullable String peer,
        double factor) {
    enum Relation {
        /** The score in relation to the peer, where more is better, is at least the factor. */
        SCORE,
        /** The value is at most so many times the peer's. */
        TIMES,
        /** The value is at most the factor itself. */
        AT_MOST,
        /** The value is at least the factor itself. */
        AT_LEAST
    }

    /** Returns the goal in words. */
    String words(String unit) {
        String bound = switch (relation) {
            case SCORE -> "at least " + Numbers.ratio(factor) + " of " + peer;
            case TIMES -> "at most " + Numbers.ratio(factor) + " times " + peer;
            case AT_MOST -> "at most " + Numbers.figure(factor, unit);
            case AT_LEAST -> "at least " + Numbers.figure(factor, unit);
        };
        return Metrics.words(metric) + ": " + bound;
    }

    /** Judges a case; empty if this goal is not about it or a figure is missing. */
    Optional<Verdict> judge(Measured measured, String what) {
        if (!cases.matcher(what).matches()) {
            return Optional.empty();
        }
        return measured.sample(what, subject, metric).flatMap(own -> value(measured, what, own)
                .map(value -> new Verdict(this, what, words(own.unit()), relative() ? Numbers.ratio(value)
                        : Numbers.figure(value, own.unit()), isReached(value))));
    }

    private Optional<Double> value(Measured measured, String what, Sample own) {
        return switch (relation) {
            case SCORE -> measured.score(what, subject, metric, peerName());
            case TIMES -> measured.sample(what, peerName(), metric).map(own::times).filter(Double::isFinite);
            case AT_MOST, AT_LEAST -> Optional.of(own.median());
        };
    }

    private boolean isReached(double value) {
        return switch (relation) {
            case SCORE, AT_LEAST -> value >= factor;
            case TIMES, AT_MOST -> value <= factor;
        };
    }

    private boolean relative() {
        return relation == Relation.SCORE || relation == Relation.TIMES;
    }

    private String peerName() {
        if (peer == null) {
            throw new IllegalStateException("a goal of \"" + table + "\" relates to a peer and names none");
        }
        return peer;
    }

    /** What came out for one case. */
    record Verdict(Goal goal, String what, String words, String measured, boolean reached) {}
}
