using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Reads the settings of a policy and collects what is wrong with them.</summary>
internal sealed class PolicyFields(JsonElement root, string source, InputErrors errors)
{
    private static readonly string MeasureKeys = string.Join(", ", Measures.All.Select(measure => measure.Key()));

    public int Version()
    {
        if (!root.TryGetProperty("version", out var value)) return Policy.CurrentVersion;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version == Policy.CurrentVersion) return version;
        errors.Add($"{source}: version: {value.GetRawText()} is not a version that this build reads; it reads {Policy.CurrentVersion}");
        return Policy.CurrentVersion;
    }

    public ImmutableSortedDictionary<Measure, double> Tolerances()
    {
        var read = ImmutableSortedDictionary.CreateBuilder<Measure, double>();
        foreach (var property in Object("tolerances"))
        {
            if (!Measures.TryParse(property.Name, out var measure)) errors.Add($"{source}: tolerances: \"{property.Name}\" is no measure; they are {MeasureKeys}");
            else if (Number(property.Value, measure.AsDimension() is null ? 1 : 10, $"tolerances.{property.Name}") is { } tolerance) read[measure] = tolerance;
        }

        return read.ToImmutable();
    }

    public ImmutableSortedDictionary<Dimension, double> Weights()
    {
        var read = OfDimensions("weights", 100);
        var sum = read.Values.Sum(weight => (decimal)weight);
        if (read.Count > 0 && Math.Abs(sum - 100) > 1)
            errors.Add($"{source}: weights: they sum to {sum.ToString(CultureInfo.InvariantCulture)}; they sum to 100, give or take 1");
        return read;
    }

    public ImmutableSortedDictionary<Dimension, double> Floors() => OfDimensions("floors", 10);

    public ImmutableArray<Measure>? List(string name)
    {
        if (!root.TryGetProperty(name, out var list)) return null;
        var read = new SortedSet<Measure>();
        if (list.ValueKind != JsonValueKind.Array) errors.Add($"{source}: {name}: is a list of measures");
        else
        {
            foreach (var item in list.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.String && Measures.TryParse(item.GetString()!, out var measure)) read.Add(measure);
                else errors.Add($"{source}: {name}: {item.GetRawText()} is no measure; they are {MeasureKeys}");
            }
        }

        return [.. read];
    }

    public double? Share(string name) => Number(name, 1);

    public double? Number(string name, double most) => root.TryGetProperty(name, out var value) ? Number(value, most, name) : null;

    public OnBlock OnBlock()
    {
        if (!root.TryGetProperty("on_block", out var value)) return Contracts.OnBlock.Pause;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is "pause" or "rollback")
            return value.GetString() == "pause" ? Contracts.OnBlock.Pause : Contracts.OnBlock.Rollback;
        errors.Add($"{source}: on_block: {value.GetRawText()} is neither \"pause\" nor \"rollback\"");
        return Contracts.OnBlock.Pause;
    }

    private ImmutableSortedDictionary<Dimension, double> OfDimensions(string name, double most)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<Dimension, double>();
        foreach (var property in Object(name))
        {
            if (!Dimensions.TryParse(property.Name, out var dimension))
                errors.Add($"{source}: {name}: \"{property.Name}\" is no dimension; they are {string.Join(", ", Dimensions.All.Select(one => one.Key()))}");
            else if (Number(property.Value, most, $"{name}.{property.Name}") is { } number) read[dimension] = number;
        }

        return read.ToImmutable();
    }

    private List<JsonProperty> Object(string name)
    {
        if (!root.TryGetProperty(name, out var value)) return [];
        if (value.ValueKind == JsonValueKind.Object) return [.. value.EnumerateObject()];
        errors.Add($"{source}: {name}: is an object");
        return [];
    }

    private double? Number(JsonElement value, double most, string place)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= 0 && number <= most) return number;
        errors.Add($"{source}: {place}: {value.GetRawText()} is not a number from 0 to {most}");
        return null;
    }
}
