package aio.core.registry;

import aio.policy.PolicyReason;
import aio.policy.PolicySource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains a candidate to people. Reads under the lock of {@link Selection}, calls nobody. */
final class Reasons {
    private final Contenders.View view;
    private final List<String> remarks;

    /** Makes what explains; the remarks are told of the one that is current, or comes first if none is. */
    Reasons(Contenders.View view, List<String> remarks) {
        this.view = view;
        this.remarks = remarks;
    }

    List<String> of(Candidate candidate) {
        List<String> sentences = new ArrayList<>();
        sentences.add(origin(candidate));
        if (candidate.description.rankingProblem() != null) {
            sentences.add(candidate.description.rankingProblem());
        }
        sentences.add(sentence(candidate));
        Resolution resolution = candidate.resolution;
        if (resolution != null && resolution.problem() != null) {
            sentences.add(resolution.problem());
        } else if (resolution != null && resolution.driver() == null) {
            sentences.add("brings no driver: new loops only, running loops keep theirs");
        }
        Candidate told = view.current() != null ? view.current() : view.candidates().get(0);
        if (candidate == told) {
            sentences.addAll(remarks);
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

    /** Says in one word why a candidate is or is not current; {@link #of} says it in sentences. */
    PolicyReason reasonOf(Candidate candidate) {
        Candidate current = view.current();
        if (candidate.refusal != null) {
            return PolicyReason.REFUSED;
        }
        if (candidate == current) {
            return candidate == view.named()
                    ? PolicyReason.PINNED
                    : candidate.source == PolicySource.CODE ? PolicyReason.INSTALLED : PolicyReason.HIGHEST_RANKING;
        }
        if (current == null) {
            return PolicyReason.NOT_CHOSEN_YET;
        }
        if (current == view.named()) {
            return PolicyReason.OTHER_PINNED;
        }
        if (current.source == PolicySource.CODE) {
            return PolicyReason.OTHER_INSTALLED;
        }
        return current.ranking() == candidate.ranking()
                ? PolicyReason.OTHER_CAME_FIRST
                : PolicyReason.LOWER_RANKING;
    }

    private String sentence(Candidate candidate) {
        Candidate current = view.current();
        String name = current == null ? "" : "'" + current.name() + "'";
        return switch (reasonOf(candidate)) {
            case REFUSED -> "refused: " + candidate.refusal;
            case PINNED -> "current: the operator pinned '" + view.pin() + "'; policy:auto removes the pin";
            case INSTALLED -> "current: it was installed last; it ends with setEventLoopPolicy(null)"
                    + (candidate.owner.isNone() ? "" : " or when bundle " + candidate.owner + " stops");
            case HIGHEST_RANKING -> "current: the highest ranking of all that work" + absentPin();
            case NOT_CHOSEN_YET -> "not current: not chosen yet";
            case OTHER_PINNED -> "not current: the operator pinned '" + view.pin() + "': policy:auto removes the pin";
            case OTHER_INSTALLED -> "not current: " + name + " was installed by code" + byInstallerOf(current)
                    + ": setEventLoopPolicy(null) drops it, policy:use " + candidate.name() + " goes before it";
            case OTHER_CAME_FIRST -> "not current: " + name + " has the same ranking and came first"
                    + howToRaise(candidate);
            case LOWER_RANKING -> "not current: " + name + " has the higher ranking "
                    + (current == null ? "" : Description.text(current.ranking())) + howToRaise(candidate);
        };
    }

    private String byInstallerOf(@Nullable Candidate installed) {
        return installed == null ? "" : by(view.installs().installer(installed));
    }

    private static String howToRaise(Candidate candidate) {
        return ": policy:rank or service.ranking raise it, or policy:use " + candidate.name();
    }

    private String absentPin() {
        return view.pin() == null || view.named() != null
                ? ""
                : "; the pin '" + view.pin() + "' takes hold when its policy comes";
    }
}
