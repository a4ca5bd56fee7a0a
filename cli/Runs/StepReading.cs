using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Cli;

/// <summary>How much of the suite a verdict rests on, and what share of the error rate it had.</summary>
internal static class StepReading
{
    /// <summary>Such as <c>96 of 240</c>; empty where there is no verdict, or nothing was compared.</summary>
    public static string Read(StepStatus step) =>
        step.Verdict?.Stopped is { } stopped ? $"{stopped.Read} of {stopped.Total}"
        : step is { Verdict: not null, Comparison.Sequential: { } reading } ? $"{reading.Read} of {reading.Total}"
        : "";

    /// <summary>The share of the error rate; empty where nothing was tested.</summary>
    public static string Share(StepStatus step) => step.Comparison?.Sequential is { } reading ? Rate(reading.Alpha) : "";

    /// <summary>Both in a sentence; null where nothing was tested.</summary>
    public static string? Line(StepStatus step, Policy policy)
    {
        if (step is not { Verdict: { } verdict, Comparison.Sequential: { } reading }) return null;
        var read = verdict.Stopped is null ? $"read all of {reading.Total} prompts" : $"stopped after {Read(step)} prompts";
        return $"{read}, with {Rate(reading.Alpha)} of the error rate {Rate(policy.Alpha)}";
    }

    private static string Rate(double rate) => rate.ToString("0.######", CultureInfo.InvariantCulture);
}
