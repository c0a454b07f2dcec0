package aio.policy.fleet.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How many nodes have moved after a wave, of all that were members when the roll-out was decided. Immutable.
 *
 * @param amount a number of nodes, or a percentage
 * @param isShare whether it is a percentage
 */
public record Wave(int amount, boolean isShare) {
    private static final int ALL = 100;

    /** All nodes at once. */
    public static final List<Wave> ONE_FOR_ALL = List.of(new Wave(ALL, true));

    /**
     * Reads waves such as {@code 1,10%,100%}.
     *
     * @throws IllegalArgumentException if it is none, or if the last one does not move all
     */
    public static List<Wave> list(String text) {
        List<Wave> waves = Arrays.stream(text.split(",", -1)).map(each -> of(each.trim(), text)).toList();
        if (!waves.get(waves.size() - 1).isAll()) {
            throw new IllegalArgumentException("the last wave of '" + text + "' is " + waves.get(waves.size() - 1)
                    + ", expected 100%: each wave says how many nodes have moved after it");
        }
        return waves;
    }

    private static Wave of(String word, String text) {
        boolean share = word.endsWith("%");
        String digits = share ? word.substring(0, word.length() - 1) : word;
        if (digits.matches("\\d{1,7}")) {
            int amount = Integer.parseInt(digits);
            if (amount > 0 && !(share && amount > ALL)) {
                return new Wave(amount, share);
            }
        }
        throw new IllegalArgumentException("the waves are '" + text + "', and '" + word
                + "' is none: expected numbers of nodes from 1, or shares from 1% to 100%, such as 1,10%,100%");
    }

    /** Tells whether all have moved after it. */
    public boolean isAll() {
        return isShare && amount == ALL;
    }

    /** Returns how many of {@code members} have moved after it: one at least. */
    public int of(int members) {
        long count = isShare ? ((long) members * amount + ALL - 1) / ALL : amount;
        return (int) Math.min(members, Math.max(1, count));
    }

    /** Returns the members that move in each wave, in their order; a wave that moves nobody is left out. */
    public static List<List<String>> split(List<Wave> waves, Collection<String> members) {
        List<String> all = List.copyOf(members);
        List<List<String>> split = new ArrayList<>();
        int moved = 0;
        for (Wave wave : waves) {
            int until = wave.of(all.size());
            if (until > moved) {
                split.add(all.subList(moved, until));
                moved = until;
            }
        }
        return split;
    }

    /** Returns it as it is typed. */
    @Override
    public String toString() {
        return isShare ? amount + "%" : Integer.toString(amount);
    }
}
