using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A task metric of several checkpoints: <c>{"metric":NAME,"higherIsBetter":true,"checkpoints":{"base":0.1,…}}</c>.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Checkpoints">Its value by checkpoint name.</param>
public sealed record TaskMetricFile(string Metric, bool HigherIsBetter, ImmutableSortedDictionary<string, double> Checkpoints)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="RailInputException">The text is not of that form.</exception>
    public static TaskMetricFile Read(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<TaskMetricFile>(json, Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException exception)
        {
            throw new RailInputException(
                $"{source}:{exception.LineNumber + 1}: task metrics are {{\"metric\":NAME,\"higherIsBetter\":true,\"checkpoints\":{{NAME:NUMBER}}}}", exception);
        }
    }

    /// <summary>The metric of a checkpoint; null where the file does not have it.</summary>
    public TaskMetric? Find(string checkpoint) =>
        Checkpoints.TryGetValue(checkpoint, out var value) ? new TaskMetric(Metric, value, HigherIsBetter) : null;
}

/// <summary>Names a trade of safety for a task.</summary>
public static class TaskTrade
{
    /// <summary>A sentence such as <c>accuracy +0.61, bought with safety −2.41</c>; null where nothing was bought with safety.</summary>
    /// <param name="before">The baseline's metric.</param>
    /// <param name="after">The checkpoint's metric.</param>
    /// <param name="comparison">What happened to safety.</param>
    /// <param name="verdict">Which measures it cost too much.</param>
    public static string? Describe(TaskMetric before, TaskMetric after, Comparison comparison, Verdict verdict)
    {
        var gain = after.Value - before.Value;
        if (gain == 0 || gain > 0 != after.HigherIsBetter) return null;
        var lost = verdict.Measures
            .Where(one => one.Standing == MeasureStanding.Block && one.Measure.AsDimension() is not null)
            .Select(one => comparison.Measures[(int)one.Measure])
            .MaxBy(one => one.Drop);
        return lost?.Drop is not { } drop
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{after.Name} {gain:+0.00;−0.00}, bought with {lost.Measure.Key()} −{drop:0.00}");
    }
}
