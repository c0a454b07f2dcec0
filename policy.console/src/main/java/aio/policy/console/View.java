package aio.policy.console;

import java.util.AbstractList;
import java.util.List;

/**
 * What a command returns: a list for scripts, which also knows how it is to be shown, even if it is empty. Immutable.
 *
 * @param <T> the type of the rows
 */
final class View<T> extends AbstractList<T> {

    /** How the rows are shown. */
    enum Style {
        POLICIES,
        POLICY_DETAILS,
        REASONS,
        CHANGES,
        LOOPS,
        LOOP_DETAILS,
        LOOP_NUMBERS,
        BLOCKS,
        CONNECTIONS,
        /** The notes tell all. */
        TOLD
    }

    private final Style style;
    private final List<T> rows;
    private final List<String> notes;

    /**
     * Makes a view.
     *
     * @param notes sentences to be shown below the rows
     */
    View(Style style, List<? extends T> rows, List<String> notes) {
        this.style = style;
        this.rows = List.copyOf(rows);
        this.notes = List.copyOf(notes);
    }

    Style style() {
        return style;
    }

    List<String> notes() {
        return notes;
    }

    @Override
    public T get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }
}
