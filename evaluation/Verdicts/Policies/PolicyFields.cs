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

    /// <summary>One word of a set; what is left out has the set's first.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum
    {
        if (!root.TryGetProperty(name, out var value)) return default;
        foreach (var one in Enum.GetValues<T>())
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString() == Word(one)) return one;
        }

        errors.Add($"{source}: {name}: {value.GetRawText()} is none of {string.Join(", ", Enum.GetValues<T>().Select(one => $"\"{Word(one)}\""))}");
        return default;

        static string Word(T one) => JsonNamingPolicy.SnakeCaseLower.ConvertName(one.ToString());
    }

    public double Alpha()
    {
        const double Most = 0.5;
        if (!root.TryGetProperty("alpha", out var value)) return new Policy().Alpha;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var alpha) && alpha is > 0 and <= Most) return alpha;
        errors.Add($"{source}: alpha: {value.GetRawText()} is not a number above 0 and up to {Most.ToString(CultureInfo.InvariantCulture)}");
        return new Policy().Alpha;
    }

    public int ExpectedCheckpoints()
    {
        const int Most = 10_000;
        if (!root.TryGetProperty("expected_checkpoints", out var value)) return new Policy().ExpectedCheckpoints;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count is >= 1 and <= Most) return count;
        errors.Add($"{source}: expected_checkpoints: {value.GetRawText()} is not a whole number from 1 to {Most}");
        return new Policy().ExpectedCheckpoints;
    }

    public ImmutableSortedDictionary<string, double> TaskTolerances()
    {
        const int Most = 100;
        var read = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var properties = Object("task_tolerances");
        if (properties.Count > Most) errors.Add($"{source}: task_tolerances: names {properties.Count} metrics; the most is {Most}");
        foreach (var property in properties.Take(Most))
        {
            var name = SafeText.Line(property.Name, PolicyFile.LongestName);
            if (property.Name.Length is 0 or > PolicyFile.LongestName || property.Name.Any(char.IsControl))
                errors.Add($"{source}: task_tolerances: \"{name}\" is no name of a metric; one has 1 to {PolicyFile.LongestName} characters and no control characters");
            else if (Number(property.Value, double.MaxValue, $"task_tolerances.{name}", "from 0") is { } tolerance) read[property.Name] = tolerance;
        }

        return read.ToImmutable();
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

    private double? Number(JsonElement value, double most, string place, string? range = null)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= 0 && number <= most) return number;
        errors.Add($"{source}: {place}: {value.GetRawText()} is not a number {range ?? $"from 0 to {most}"}");
        return null;
    }
}
