package aio.dist.shell;

import java.util.Locale;

/** Finds the names that a wrong one may stand for. */
final class Names {
    private static final int TYPOS = 3;

    private Names() {}

    /** Tells whether a name contains the text, or is only a few letters away from it. */
    static boolean areSimilar(String text, String name) {
        String wanted = text.toLowerCase(Locale.ROOT);
        String present = name.toLowerCase(Locale.ROOT);
        return present.contains(wanted) || distance(wanted, present) <= TYPOS;
    }

    /** Returns how many letters have to be added, removed or changed. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
