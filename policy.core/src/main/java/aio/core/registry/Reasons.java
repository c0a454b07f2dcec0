package aio.core.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains a candidate to people. Reads under the lock of {@link Selection}, calls nobody. */
final class Reasons {
    private final Contenders.View view;
    private final @Nullable String difference;

    /** Makes what explains; {@code difference} is told of the one that is current, or comes first if none is. */
    Reasons(Contenders.View view, @Nullable String difference) {
        this.view = view;
        this.difference = difference;
    }

    List<String> of(Candidate candidate) {
        List<String> sentences = new ArrayList<>();
        sentences.add(origin(candidate));
        if (candidate.description.rankingProblem() != null) {
            sentences.add(candidate.description.rankingProblem());
        }
        if (candidate.refusal != null) {
            sentences.add("refused: " + candidate.refusal);
        } else if (candidate == view.current()) {
            sentences.add("current: " + whyCurrent(candidate));
        } else {
            sentences.add("not current: " + whyNot(candidate));
        }
        Resolution resolution = candidate.resolution;
        if (resolution != null && resolution.problem() != null) {
            sentences.add(resolution.problem());
        } else if (resolution != null && resolution.driver() == null) {
            sentences.add("brings no driver: new loops only, running loops keep theirs");
        }
        Candidate told = view.current() != null ? view.current() : view.candidates().get(0);
        if (difference != null && candidate == told) {
            sentences.add(difference);
        }
        return List.copyOf(sentences);
    }

    private String origin(Candidate candidate) {
        String ranking = Description.text(candidate.ranking());
        String given = Description.text(candidate.description.ranking());
        if (candidate.rank != null) {
            return "ranking " + ranking + ", from configuration aio.policy, instead of " + given
                    + ": policy:rank " + candidate.name() + " --reset removes it";
        }
        return switch (candidate.source) {
            case SERVICE -> "ranking " + ranking + ", from service.ranking of service " + candidate.serviceId
                    + (candidate.owner.isNone() ? "" : " of bundle " + candidate.owner);
            case CLASS_PATH -> "ranking " + ranking + ", from @PolicyProperties of its class on the class path";
            case CODE -> "installed by code" + by(view.installs().installer(candidate))
                    + ": it has no ranking, only a pin goes before it";
        };
    }

    private static String by(@Nullable Owner installer) {
        return installer == null || installer.isNone() ? "" : " of bundle " + installer;
    }

    private String whyCurrent(Candidate candidate) {
        if (candidate == view.named()) {
            return "the operator pinned '" + view.pin() + "'; policy:auto removes the pin";
        }
        if (candidate.source == Candidate.Source.CODE) {
            return "it was installed last; it ends with setEventLoopPolicy(null)"
                    + (candidate.owner.isNone() ? "" : " or when bundle " + candidate.owner + " stops");
        }
        return "the highest ranking of all that work" + absentPin();
    }

    private String whyNot(Candidate candidate) {
        Candidate current = view.current();
        if (current == null) {
            return "not chosen yet";
        }
        if (current == view.named()) {
            return "the operator pinned '" + view.pin() + "': policy:auto removes the pin";
        }
        if (current.source == Candidate.Source.CODE) {
            return "'" + current.name() + "' was installed by code" + by(view.installs().installer(current))
                    + ": setEventLoopPolicy(null) drops it, policy:use " + candidate.name() + " goes before it";
        }
        if (current.ranking() == candidate.ranking()) {
            return "'" + current.name()
                    + "' has the same ranking and came first: policy:rank or service.ranking raise it, or policy:use "
                    + candidate.name();
        }
        return "'" + current.name() + "' has the higher ranking "
                + Description.text(current.ranking()) + ": policy:rank or service.ranking raise it, or policy:use "
                + candidate.name();
    }

    private String absentPin() {
        return view.pin() == null || view.named() != null
                ? ""
                : "; the pin '" + view.pin() + "' takes hold when its policy comes";
    }
}
