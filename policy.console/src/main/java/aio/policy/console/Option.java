package aio.policy.console;

import java.util.List;

/** The options of the commands. */
enum Option {
    HELP(Help.HELP, "", "-h", "--help"),
    JSON(Help.JSON, "", "--json"),
    ALL(Help.ALL, "", "-a", "--all"),
    RESET(Help.RESET, "", "--reset"),
    TAKE_BACK(Help.TAKE_BACK, "", "--reset"),
    COUNT(Help.COUNT, " N", "-n", "--count"),
    ROUNDS(Help.ROUNDS, " N", "-n", "--count"),
    EVERY(Help.EVERY, " SECONDS", "-e", "--every"),
    CLOSE(Help.CLOSE, " ID", "--close"),
    WAIT(Help.WAIT, " SECONDS", "-w", "--wait"),
    DRY_RUN(Help.DRY_RUN, "", "--dry-run"),
    CANARY(Help.CANARY, " LOOPS", true, "--canary"),
    WATCHED(Help.WATCHED, " TIME", true, "--watch"),
    MAX_LAG(Help.MAX_LAG, " TIME", true, "--max-lag"),
    MAX_ERRORS(Help.MAX_ERRORS, " SHARE", true, "--max-errors"),
    FOR(Help.FOR, " TIME", true, "--for"),
    LOOP(Help.ONE_LOOP, " NAME", true, "--loop"),
    BUNDLE(Help.ONE_BUNDLE, " ID", "--bundle");

    private final String description;
    private final String value;
    private final boolean text;
    private final List<String> names;

    Option(String description, String value, String... names) {
        this(description, value, false, names);
    }

    Option(String description, String value, boolean text, String... names) {
        this.description = description;
        this.value = value;
        this.text = text;
        this.names = List.of(names);
    }

    /** Returns its names, the long one last. */
    List<String> names() {
        return names;
    }

    String description() {
        return description;
    }

    boolean takesNumber() {
        return !value.isEmpty() && !text;
    }

    boolean takesText() {
        return text;
    }

    /** Returns its long name. */
    String word() {
        return names.get(names.size() - 1);
    }

    /** Returns the long name, and what follows it. */
    String written() {
        return word() + value;
    }

    /** Returns all names, and what follows them. */
    String label() {
        return String.join(", ", names) + value;
    }
}
