package aio.core.registry;

import java.util.List;

/** Messages that say what is there and what to do. */
final class Advice {
    private Advice() {}

    static String unknown(String name, List<String> present, List<PolicyBundles.NotStarted> bundles) {
        StringBuilder text = new StringBuilder("no policy '").append(name).append("'; present: ")
                .append(present.isEmpty() ? "none" : String.join(", ", present));
        bundles.stream()
                .filter(bundle -> bundle.policy().equals(name))
                .forEach(bundle -> text.append(". ").append(bundle.advice()));
        return text.toString();
    }

    static String nobody(List<String> refused, List<PolicyBundles.NotStarted> bundles) {
        StringBuilder text = new StringBuilder("no event loop policy: ");
        text.append(refused.isEmpty() ? "no service EventLoopPolicy is registered" : String.join(". ", refused));
        if (bundles.isEmpty()) {
            text.append(". Install and start a bundle that brings one, such as aio.policy.default")
                    .append(" (on a plain class path: add the jar policy.default)");
        }
        bundles.forEach(bundle -> text.append(". ").append(bundle.advice()));
        return text.toString();
    }
}
