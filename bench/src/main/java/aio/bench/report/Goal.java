package aio.bench.report;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a subject shall reach by one metric in some cases of a table, by itself or in relation to a peer. */
record Goal(String table, Pattern cases, String subject, String metric, Relation relation, @Nullable String peer,
        double factor) {
    /** What the factor bounds. */
    enum Relation {
        /** The score in relation to the peer, where more is better, is at least the factor. */
        SCORE,
        /** The score is at least the factor in 95 of 100 cases: the lower end of its interval is. */
        SURE_SCORE,
        /** The score in relation to the peer is not further below 1 than the peer's own control is off it. */
        NO_WORSE,
        /** The value is at most so many times the peer's. */
        TIMES,
        /** The value is at most the factor itself. */
        AT_MOST,
        /** The value of every round is at most the factor itself. */
        WORST_AT_MOST,
        /** The value is at least the factor itself. */
        AT_LEAST,
        /** The value is at most so many times that of another case, which takes the place of the peer. */
        GROWTH
    }

    private static final String LOAD = "load";
    private static final double FULL = 0.95; // of the load's core

    /** Returns the goal in words. */
    String words(String unit) {
        String bound = switch (relation) {
            case SCORE -> "at least " + Numbers.ratio(factor) + " of " + peer;
            case SURE_SCORE -> "at least " + Numbers.ratio(factor) + " of " + peer
                    + ", by the lower end of the interval";
            case NO_WORSE -> "no worse than " + peer;
            case TIMES -> "at most " + Numbers.ratio(factor) + " times " + peer;
            case AT_MOST -> "at most " + Numbers.figure(factor, unit);
            case WORST_AT_MOST -> "at most " + Numbers.figure(factor, unit) + " in every round";
            case GROWTH -> "at most " + Numbers.ratio(factor) + " times that of " + peer;
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
                .map(value -> new Verdict(this, what, words(own.unit()), text(measured, what, own, value),
                        outcome(measured, what, value))));
    }

    private String text(Measured measured, String what, Sample own, double value) {
        if (relation == Relation.NO_WORSE) {
            return Numbers.ratio(value) + ", " + peer + " itself " + Numbers.ratio(factor - doubt(measured, what));
        }
        return isRelative() ? Numbers.ratio(value) : Numbers.figure(value, own.unit());
    }

    /** Returns how far the peer is from its own control. */
    private double doubt(Measured measured, String what) {
        return measured.control(what, peerName(), metric).map(control -> Math.abs(1 - control)).orElse(0.0);
    }

    /** Tells whether no case can be judged; a peer that could not run here is an excuse. */
    boolean isSilent(Measured measured) {
        return measured.cases().stream().noneMatch(what -> judge(measured, what).isPresent())
                && !(peer != null && measured.heading("left out").contains(peer + ":"));
    }

    /** Returns its words and its table, for messages. */
    String name() {
        return table + ": " + subject + ", " + words("") + ", in cases \"" + cases + "\"";
    }

    private Outcome outcome(Measured measured, String what, double value) {
        if (relation == Relation.SCORE && Metrics.isGain(metric) && isLoadTheLimit(measured, what)) {
            return Outcome.NOT_JUDGED;
        }
        return isReached(measured, what, value) ? Outcome.REACHED : Outcome.MISSED;
    }

    /** Where the load has no more to give, the throughput is the load's, not the server's. */
    private boolean isLoadTheLimit(Measured measured, String what) {
        return measured.sample(what, peerName(), LOAD).filter(load -> load.median() > FULL).isPresent();
    }

    private Optional<Double> value(Measured measured, String what, Sample own) {
        return switch (relation) {
            case SCORE, NO_WORSE -> measured.score(what, subject, metric, peerName());
            case SURE_SCORE -> measured.scoreAtLeast(what, subject, metric, peerName());
            case TIMES -> measured.sample(what, peerName(), metric).map(own::times).filter(Double::isFinite);
            case GROWTH -> measured.sample(peerName(), subject, metric).map(own::times).filter(Double::isFinite);
            case WORST_AT_MOST -> Optional.of(own.worst());
            case AT_MOST, AT_LEAST -> Optional.of(own.median());
        };
    }

    private boolean isReached(Measured measured, String what, double value) {
        return switch (relation) {
            case SCORE, SURE_SCORE, AT_LEAST -> value >= factor;
            case NO_WORSE -> value >= factor - doubt(measured, what);
            case TIMES, AT_MOST, WORST_AT_MOST, GROWTH -> value <= factor;
        };
    }

    private boolean isRelative() {
        return switch (relation) {
            case SCORE, SURE_SCORE, TIMES, GROWTH -> true;
            case NO_WORSE, AT_MOST, WORST_AT_MOST, AT_LEAST -> false;
        };
    }

    private String peerName() {
        if (peer == null) {
            throw new IllegalStateException("a goal of \"" + table + "\" relates to a peer and names none");
        }
        return peer;
    }

    /** The result for one case. */
    record Verdict(Goal goal, String what, String words, String measured, Outcome outcome) {}

    /** How a goal was judged. */
    enum Outcome {
        /** The goal is reached. */
        REACHED("reached"),
        /** The goal is missed. */
        MISSED("missed"),
        /** The figure does not tell. */
        NOT_JUDGED("not judged: the load is the limit");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
