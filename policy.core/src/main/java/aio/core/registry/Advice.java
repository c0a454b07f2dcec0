package aio.core.registry;

import java.util.List;

/** Messages that say what is there and what to do. */
final class Advice {
    private Advice() {}

    static String unknown(String name, List<String> present, PolicyBundles bundles) {
        StringBuilder text = new StringBuilder("no policy '").append(name).append("'; present: ")
                .append(present.isEmpty() ? "none" : String.join(", ", present));
        bundles.absent().stream()
                .filter(absent -> absent.name().equals(name))
                .forEach(absent -> text.append(". ").append(absent.advice()));
        return text.toString();
    }

    static String nobody(List<String> refused, PolicyBundles bundles) {
        List<String> advice = bundles.absent().stream().map(Absent::advice).toList();
        StringBuilder text = new StringBuilder("no event loop policy: ");
        text.append(refused.isEmpty() ? "no service EventLoopPolicy is registered" : String.join(". ", refused));
        if (advice.isEmpty()) {
            text.append(". Install and start a bundle that brings one, such as aio.policy.default")
                    .append(" (on a plain class path: add aio-policy-default)");
        }
        advice.forEach(each -> text.append(". ").append(each));
        return text.toString();
    }
}
