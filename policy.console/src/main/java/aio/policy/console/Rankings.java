package aio.policy.console;

import aio.policy.console.json.Json;
import aio.policy.console.text.Plain;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How rankings by name are shown. */
final class Rankings {
    private Rankings() {}

    /** Returns them a line each, or as JSON. */
    static String shown(Map<String, Integer> rankings, boolean json, String otherwise) {
        Map<String, Integer> sorted = new TreeMap<>(rankings);
        if (json) {
            return Json.rows(sorted.entrySet().stream().map(Rankings::row).toList());
        }
        return sorted.isEmpty()
                ? otherwise
                : sorted.entrySet().stream()
                        .map(entry -> Plain.text(entry.getKey()) + "=" + Texts.rank(entry.getValue()))
                        .collect(Collectors.joining(System.lineSeparator()));
    }

    private static Map<String, Object> row(Map.Entry<String, Integer> ranking) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", ranking.getKey());
        row.put("ranking", ranking.getValue());
        return row;
    }
}
