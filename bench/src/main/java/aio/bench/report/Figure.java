package aio.bench.report;

/** One line of a file of results: what one subject did in one round. */
record Figure(String table, String what, String subject, int round, String metric, double value, String unit) {
    private static final int FIELDS = 7;

    /** Reads a line; {@code place} names it in messages. */
    static Figure parse(String line, String place) {
        String[] fields = line.split(",", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(place + " has " + fields.length + " fields, expected " + FIELDS
                    + " (table,case,subject,round,metric,value,unit): \"" + line + "\"");
        }
        try {
            return new Figure(fields[0], fields[1], fields[2], Integer.parseInt(fields[3]), fields[4],
                    Double.parseDouble(fields[5]), fields[6]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    place + " has no number where round and value should be: \"" + line + "\"", e);
        }
    }
}
