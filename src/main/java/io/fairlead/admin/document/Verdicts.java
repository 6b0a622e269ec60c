package io.fairlead.admin.document;

import io.fairlead.admin.program.MemberPath;
import io.fairlead.health.Health;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.ProbeResult;
import io.fairlead.member.AdminState;
import io.fairlead.settings.Kebab;
import java.util.Optional;

/** What the result of a probe means for a member, by the rules of its pool, in words. Control context only. */
final class Verdicts {
    private Verdicts() {}

    /** {@code "3 failures in a row take it down; this is the 2nd"}. */
    static String of(MemberPath path, Health health) {
        AdminState admin = path.status().admin();
        String order = admin == AdminState.READY ? "" : "it is set to " + Kebab.of(admin) + "; ";
        return order
                + path.pool()
                        .settings()
                        .health()
                        .map(settings -> of(settings, health, path.lastProbe()))
                        .orElse("no health check is configured: it counts as up");
    }

    private static String of(HealthSettings settings, Health health, Optional<ProbeReport> lastProbe) {
        String fall = inARow(settings.fall(), "failure");
        String rise = inARow(settings.rise(), "pass");
        return switch (health.state()) {
            case UP -> fall + " would take it down";
            case FALLING ->
                health.onTrial()
                        ? "it is on trial: it gets one request at a time until one is answered well"
                        : fall + " take it down; this is the " + ordinal(lastProbe);
            case DOWN -> "it is down; " + rise + " bring it up";
            case RISING -> rise + " bring it up; this is the " + ordinal(lastProbe);
            case CHECKING -> "the first probe that ends decides";
            case EJECTED ->
                passed(lastProbe)
                        ? "live traffic speaks against it: a probe that passes does not bring it back by itself"
                        : "it is ejected, and the probe agrees";
            case UNRESOLVED -> "it cannot be probed until its host name leads somewhere";
        };
    }

    private static boolean passed(Optional<ProbeReport> lastProbe) {
        return lastProbe
                .filter(probe -> probe.result() instanceof ProbeResult.Passed)
                .isPresent();
    }

    private static String inARow(int number, String what) {
        String plural = what.endsWith("s") ? what + "es" : what + "s";
        return number == 1 ? "1 " + what : number + " " + plural + " in a row";
    }

    /** Of a count such as {@code "2 of 3"}. */
    private static String ordinal(Optional<ProbeReport> probe) {
        String number =
                probe.map(report -> report.count().replaceFirst(" .*", "")).orElse("");
        boolean teen = number.length() > 1 && number.charAt(number.length() - 2) == '1';
        if (teen || number.isEmpty()) {
            return number + "th";
        }
        return number
                + switch (number.charAt(number.length() - 1)) {
                    case '1' -> "st";
                    case '2' -> "nd";
                    case '3' -> "rd";
                    default -> "th";
                };
    }
}
