using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>The trainer's own figures, and which way they are better.</summary>
/// <param name="whose">Of what, in words.</param>
internal sealed class TaskMetricOptions(string whose)
{
    private readonly Option<string[]> _metrics = new("--task-metric") { Description = $"NAME=NUMBER of {whose}, better when higher. May be given again." };
    private readonly Option<bool> _lower = new("--lower-is-better") { Description = "The task metrics given are better when lower." };

    public Command AddTo(Command command)
    {
        command.Add(_metrics);
        command.Add(_lower);
        return command;
    }

    /// <exception cref="RailInputException">One is no metric, or is given twice.</exception>
    public ImmutableArray<TaskMetric> Read(ParseResult parsed)
    {
        var given = (parsed.GetValue(_metrics) ?? []).Select(text => Metric(text, !parsed.GetValue(_lower))).ToImmutableArray();
        return TaskChanges.Fault(given) is { } fault ? throw new RailInputException($"{_metrics.Name}: {fault}") : given;
    }

    private static TaskMetric Metric(string text, bool higherIsBetter) =>
        text.Split('=') is [{ Length: > 0 } name, var number] && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? new TaskMetric(name, value, higherIsBetter)
            : throw new RailInputException($"--task-metric {text}: write NAME=NUMBER");
}
