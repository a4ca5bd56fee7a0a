using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A task metric of several checkpoints: <c>{"metric":NAME,"higherIsBetter":true,"checkpoints":{"base":0.1,…}}</c>.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Checkpoints">Its value by checkpoint name; finite.</param>
public sealed record TaskMetricFile(string Metric, bool HigherIsBetter, ImmutableSortedDictionary<string, double> Checkpoints)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="json">Its text; fields of other names are passed over.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <exception cref="RailInputException">The text is not of that form.</exception>
    public static TaskMetricFile Read(string json, string source)
    {
        try
        {
            var file = JsonSerializer.Deserialize<TaskMetricFile>(json.TrimStart('\uFEFF'), Options) ?? throw new JsonException();
            if (string.IsNullOrWhiteSpace(file.Metric)) throw new RailInputException($"{source}: \"metric\" is not a name");
            foreach (var (name, value) in file.Checkpoints)
            {
                if (!double.IsFinite(value)) throw new RailInputException($"{source}: the metric of '{name}' is too large to be a number");
            }

            return file;
        }
        catch (JsonException exception)
        {
            throw new RailInputException(
                $"{StrictJson.Place(source, exception)}: task metrics are {{\"metric\":NAME,\"higherIsBetter\":true,\"checkpoints\":{{NAME:NUMBER}}}}", exception);
        }
    }

    /// <summary>The metric of a checkpoint; null where the file does not have it.</summary>
    public TaskMetric? Find(string checkpoint) =>
        Checkpoints.TryGetValue(checkpoint, out var value) ? new TaskMetric(Metric, value, HigherIsBetter) : null;
}
