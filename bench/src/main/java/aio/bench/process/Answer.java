package aio.bench.process;

/** A line that a child replied: a word, then values that are separated by blanks. */
public final class Answer {
    private final String child;
    private final String line;
    private final String[] parts;

    Answer(String child, String line) {
        this.child = child;
        this.line = line;
        parts = line.split(" ");
    }

    /** Tells whether it begins with the word. */
    public boolean is(String word) {
        return parts[0].equals(word);
    }

    /** Returns this after a check that it begins with the word. */
    public Answer expect(String word) {
        if (!is(word)) {
            throw new IllegalStateException("\"" + child + "\" answered \"" + line + "\", expected \"" + word
                    + " ...\"");
        }
        return this;
    }

    /** Returns the number at a place; the word is at place 0. */
    public long number(int place) {
        try {
            return Long.parseLong(parts[place]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "\"" + child + "\" answered \"" + line + "\", expected a number as value " + place, e);
        }
    }

    /** Returns everything after the word. */
    public String rest() {
        return line.substring(Math.min(line.length(), parts[0].length() + 1));
    }

    @Override
    public String toString() {
        return line;
    }
}
