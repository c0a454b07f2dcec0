package aio.bench.micro;

import java.util.List;
import java.util.Map;

/**
 * A line of a table: one measurement of several subjects.
 *
 * @param method the benchmark, a method of {@code benchmark}
 * @param parameters values of its parameters, except for the subject
 */
record Case(String name, Class<?> benchmark, String method, Map<String, String> parameters, List<String> subjects) {
    String include() {
        return "^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$";
    }
}
