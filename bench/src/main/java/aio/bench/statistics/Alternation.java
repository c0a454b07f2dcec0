package aio.bench.statistics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One JVM with several copies of aio, each of which serves for a short while in turn: what disturbs the machine or the
 * JVM for longer than that disturbs all alike. It prints {@code round SUBJECT ROUND NANOS REQUESTS} lines.
 */
public final class Alternation {
    private Alternation() {}

    /** Takes connections, rounds, windows of a round, milliseconds of a window, milliseconds of the warm-up. */
    public static void main(String[] args) throws Exception {
        int[] numbers = new int[args.length];
        for (int i = 0; i < args.length; i++) {
            numbers[i] = Integer.parseInt(args[i]);
        }
        List<Copy> copies = new ArrayList<>();
        for (String subject : StatisticsBench.SUBJECTS) {
            copies.add(Copy.start(subject, subject.equals(StatisticsBench.MEASURED), numbers[0]));
        }
        long windowNanos = numbers[3] * 1_000_000L;
        run(copies, Math.max(1, numbers[4] / numbers[3] / copies.size()), windowNanos);
        for (int round = 1; round <= numbers[1]; round++) {
            long[][] figures = run(copies, numbers[2], windowNanos);
            for (int i = 0; i < figures.length; i++) {
                System.out.println("round " + i + " " + round + " " + figures[i][0] + " " + figures[i][1]);
            }
        }
        System.in.transferTo(System.out); // until the input ends
        System.exit(0);
    }

    /** Returns the CPU time and the requests of each copy. */
    private static long[][] run(List<Copy> copies, int windows, long windowNanos) throws IOException {
        long[][] figures = new long[copies.size()][2];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < copies.size(); i++) {
            order.add(i);
        }
        for (int window = 0; window < windows; window++) {
            for (int each : order) {
                measure(copies.get(each), windowNanos, figures[each]);
            }
            Collections.rotate(order, 1);
        }
        return figures;
    }

    private static void measure(Copy copy, long windowNanos, long[] sums) throws IOException {
        long requests = 0;
        long cpu = copy.cpuNanos();
        long end = System.nanoTime() + windowNanos;
        while (System.nanoTime() - end < 0) {
            copy.turn();
            requests += copy.requests();
        }
        sums[0] += copy.cpuNanos() - cpu;
        sums[1] += requests;
    }
}
