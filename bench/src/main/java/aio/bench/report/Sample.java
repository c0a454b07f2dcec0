package aio.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one subject did in one case, by one metric: a value for each round. */
record Sample(SortedMap<Integer, Double> rounds, String unit) {
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;
    private static final double TAIL = 0.025; // on each side of an interval of 95 %

    /** Takes figures of one metric; of several in one round it takes their median. */
    static Sample of(List<Figure> figures) {
        SortedSet<Integer> numbers = new TreeSet<>(figures.stream().map(Figure::round).toList());
        SortedMap<Integer, Double> rounds = new TreeMap<>();
        for (int number : numbers) {
            rounds.put(number, quantile(figures.stream().filter(figure -> figure.round() == number)
                    .mapToDouble(Figure::value).toArray(), 0.5));
        }
        return new Sample(rounds, figures.get(0).unit());
    }

    double median() {
        return quantile(values(), 0.5);
    }

    /** Returns the greatest of all rounds. */
    double worst() {
        return quantile(values(), 1);
    }

    /** Returns the 10th percentile of the rounds. */
    double low() {
        return quantile(values(), LOW);
    }

    /** Returns the 90th percentile of the rounds. */
    double high() {
        return quantile(values(), HIGH);
    }

    /**
     * Returns how many times the other one this is: the median of the quotients of the rounds that both have, because
     * neighbours in time had the same disturbances; the quotient of the medians if they have no round in common.
     */
    double times(Sample other) {
        double[] quotients = quotients(other);
        return quotients.length == 0 ? median() / other.median() : quantile(quotients, 0.5);
    }

    /**
     * Returns the lower end of the interval in which the true median of {@link #times} is found in 95 of 100 cases,
     * whatever the quotients' distribution; not a number with fewer than six rounds in common, which have none.
     */
    double timesAtLeast(Sample other) {
        double[] quotients = quotients(other);
        Arrays.sort(quotients);
        int rank = rankOfInterval(quotients.length);
        return rank < 0 ? Double.NaN : quotients[rank];
    }

    /** The first rank that so many or fewer of fair coins reach by chance in at most 2.5 of 100 cases; -1 if none. */
    private static int rankOfInterval(int count) {
        double chance = Math.pow(0.5, count); // of no quotient below the median
        double sum = 0;
        int rank = -1;
        while (sum + chance <= TAIL) {
            sum += chance;
            rank++;
            chance = chance * (count - rank) / (rank + 1);
        }
        return rank;
    }

    private double[] quotients(Sample other) {
        return rounds.keySet().stream().filter(other.rounds::containsKey)
                .mapToDouble(round -> rounds.get(round) / other.rounds.get(round)).toArray();
    }

    private double[] values() {
        return rounds.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return below == above ? sorted[below] : sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
