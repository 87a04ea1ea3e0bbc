package io.hedgerow.monitor.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Runs all simulations in full and prints the tables of the guide. */
public final class SimulationReport {
    private SimulationReport() {}

    public static void main(String[] arguments) {
        Simulations simulations = new Simulations();
        for (double z : new double[] {3, 4.3}) {
            System.out.printf(Locale.ROOT, "%n| z = %.1f | A = 10³ | 10⁶ | 5 · 10⁸ |%n|---|---|---|---|%n", z);
            simulations
                    .delays(z, 10, 20)
                    .forEach((what, delays) -> System.out.println("| " + what + " | "
                            + Arrays.stream(delays)
                                    .mapToObj(delay -> String.valueOf(Math.round(delay)))
                                    .collect(Collectors.joining(" | "))
                            + " |"));
        }
        print("limits at the exact means, A = 100", simulations.tight(200, 100, 100));
        print("limits at the exact means, A = 1,000", simulations.tight(100, 1_000, 1_000));
        print("learned limits, A = 1,000", simulations.quiet(60, 300, 3, 1_000, 1_000));
        print("limits learned from 100 maps, A = 1,000", simulations.quiet(60, 100, 3, 1_000, 1_000));
        for (int dwell : new int[] {10, 50}) {
            print("scenes of " + dwell + ", taken as independent", simulations.scenes(dwell, 300, false, 30, 400));
            print("scenes of " + dwell + ", dependence measured", simulations.scenes(dwell, 300, true, 30, 400));
        }
        for (String label : new String[] {"stain", "ok", "scratch", "dent"}) {
            System.out.println("shortcut in " + label + ": " + simulations.shortcuts(label, 0, false, 800));
        }
        for (double share : new double[] {0.05, 0.1, 0.15, 0.2}) {
            System.out.println("one corner " + share + ": " + simulations.shortcuts("dent", share, true, 50));
        }
        for (double share : new double[] {0.2, 0.4, 0.6}) {
            System.out.println("four corners " + share + ": " + simulations.shortcuts("dent", share, false, 50));
        }
        for (int seen : new int[] {6, 200}) {
            System.out.println("evidence that matters no more than chance, after " + seen + " sampled events: "
                    + Math.round(simulations.unfaithful(seen, 200)));
        }
        int days = Integer.parseInt(arguments.length > 0 ? arguments[0] : "20");
        for (int learned : new int[] {300, 100}) {
            String what = learned == 300 ? "" : ", references preliminary";
            print("4 classes, a day each" + what, simulations.everything(4, learned, days, 8_640));
            print("1,000 classes, a day each" + what, simulations.everything(1_000, learned, days, 8_640));
        }
    }

    private static void print(String what, Simulations.Alarms alarms) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d streams of %d windows, %d alarms, at most %.2f a day%n",
                what,
                alarms.streams(),
                alarms.windows(),
                alarms.alarms(),
                alarms.upper(8_640));
    }
}
