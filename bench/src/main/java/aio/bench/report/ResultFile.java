package aio.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A file that a command has written: its heading and its figures. */
record ResultFile(String name, Map<String, String> heading, List<Figure> figures) {
    private static final String COLUMNS = "table,case,subject,round,metric,value,unit";

    static ResultFile read(Path file) throws IOException {
        String name = file.getFileName().toString();
        Map<String, String> heading = new LinkedHashMap<>();
        List<Figure> figures = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("# ") && line.contains(": ")) {
                int colon = line.indexOf(": ");
                heading.merge(line.substring(2, colon), line.substring(colon + 2), (one, other) -> one + "; " + other);
            } else if (!line.equals(COLUMNS) && !line.isBlank()) {
                figures.add(Figure.parse(line, "line " + (i + 1) + " of " + name));
            }
        }
        return new ResultFile(name, heading, figures);
    }

    /** Reads all files of a directory, by name; none if there is no such directory. */
    static List<ResultFile> readAll(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<ResultFile> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.filter(entry -> entry.toString().endsWith(".csv")).sorted().toList()) {
                files.add(read(file));
            }
        }
        return files;
    }
}
