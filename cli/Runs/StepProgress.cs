using RailCluster.Contracts;

namespace RailCluster.Cli;

/// <summary>How far a run's open steps are, in one line that is written over; nothing in a pipe.</summary>
internal static class StepProgress
{
    private const int Width = 24;

    public static void Show(Terminal terminal, RunStatus status)
    {
        if (!terminal.Interactive) return;
        var anchor = status.Anchor is null ? [] : new[] { (step: status.Anchor, name: "anchor") };
        var open = anchor.Prepend((step: status.Baseline, name: "baseline"))
            .Concat(status.Steps.Select(step => (step, name: $"step {step.Step}")))
            .Where(pair => pair.step.State is not (StepState.Done or StepState.Cancelled));
        var text = string.Join("  ", open.Select(pair => $"{pair.name} {pair.step.State} {Bar(pair.step)}").Take(3));
        terminal.Error.Write($"\r\u001b[K{text}");
    }

    public static void Clear(Terminal terminal)
    {
        if (terminal.Interactive) terminal.Error.Write("\r\u001b[K");
    }

    private static string Bar(StepStatus step)
    {
        if (step.Shards == 0) return step.WaitingFor is { } waits ? $"(waits for {waits})" : "";
        var full = Width * step.Settled / step.Shards;
        return $"[{new string('#', full)}{new string('.', Width - full)}] {step.Settled}/{step.Shards}";
    }
}
