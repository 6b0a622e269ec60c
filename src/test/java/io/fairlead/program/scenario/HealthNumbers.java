package io.fairlead.program.scenario;

import java.nio.file.Files;
import java.nio.file.Path;

/** Plays all scenarios and holds what was seen against what is asked, times included. */
final class HealthNumbers {
    private HealthNumbers() {}

    public static void main(String[] args) throws Exception {
        Pace pace = Pace.QUICK;
        for (String arg : args) {
            Path d = Files.createTempDirectory("fairlead");
            long t = System.nanoTime();
            try {
                System.out.println(
                        switch (arg) {
                            case "1" -> KilledMember.play(d, pace, true);
                            case "1p" -> KilledMember.play(d, pace, false);
                            case "2" -> FrozenMember.play(d, pace);
                            case "3" -> FrozenHalf.play(d, pace, 12, FrozenHalf.Settings.values());
                            case "4" -> RefusingMember.play(d, pace, 6);
                            case "5" -> RefusingPool.play(d, pace, 4);
                            case "6" -> RefusingPath.play(d, pace, 4);
                            case "7" -> RollingRestart.play(d, pace, true);
                            case "7k" -> RollingRestart.play(d, pace, false);
                            default -> Saturation.play(d, 10);
                        });
            } catch (Throwable e) {
                e.printStackTrace(System.out);
            }
            System.out.println(arg + " took " + (System.nanoTime() - t) / 1e9);
        }
    }
}
