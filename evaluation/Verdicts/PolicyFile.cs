using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Policies as JSON. What is left out has its default; what is unknown is an error.</summary>
public static class PolicyFile
{
    private static readonly ImmutableArray<string> Known =
        ["version", "tolerances", "gated", "required", "floors", "warn_at", "error_limit", "missing_difference_limit", "on_block"];

    /// <summary>64 lower-case hex digits over the whole policy; part of every verdict.</summary>
    public static string Hash(Policy policy) => CanonicalHash.Of(policy);

    /// <summary>The policy with everything written out.</summary>
    public static string Write(Policy policy) => JsonSerializer.Serialize(policy, RailJson.Indented) + "\n";

    /// <summary>Reads a policy.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <exception cref="RailInputException">The file is not a policy; every fault is named.</exception>
    public static Policy Read(string json, string source)
    {
        using var document = Parse(json, source);
        var errors = new InputErrors();
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new RailInputException($"{source}: a policy is a JSON object");
        foreach (var property in root.EnumerateObject().Where(property => !Known.Contains(property.Name)))
            errors.Add($"{source}: \"{property.Name}\" is no setting of a policy; it has {string.Join(", ", Known)}");

        var fields = new PolicyFields(root, source, errors);
        var policy = new Policy
        {
            Version = fields.Version(),
            Tolerances = fields.Tolerances(),
            Gated = fields.List("gated") ?? Measures.All,
            Required = fields.List("required") ?? [],
            Floors = fields.Floors(),
            WarnAt = fields.Share("warn_at") ?? new Policy().WarnAt,
            ErrorLimit = fields.Share("error_limit") ?? new Policy().ErrorLimit,
            MissingDifferenceLimit = fields.Share("missing_difference_limit") ?? new Policy().MissingDifferenceLimit,
            OnBlock = fields.OnBlock(),
        };
        foreach (var measure in policy.Required.Except(policy.Gated))
            errors.Add($"{source}: required: {measure.Key()} is required but not gated; add it to \"gated\"");
        errors.Throw();
        return policy;
    }

    private static JsonDocument Parse(string json, string source)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{source}:{exception.LineNumber + 1}: the policy is not JSON (character {exception.BytePositionInLine + 1})", exception);
        }
    }
}

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

    public ImmutableSortedDictionary<Dimension, double> Floors()
    {
        var read = ImmutableSortedDictionary.CreateBuilder<Dimension, double>();
        foreach (var property in Object("floors"))
        {
            if (!Dimensions.TryParse(property.Name, out var dimension))
                errors.Add($"{source}: floors: \"{property.Name}\" is no dimension; they are {string.Join(", ", Dimensions.All.Select(one => one.Key()))}");
            else if (Number(property.Value, 10, $"floors.{property.Name}") is { } floor) read[dimension] = floor;
        }

        return read.ToImmutable();
    }

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

    public double? Share(string name) => root.TryGetProperty(name, out var value) ? Number(value, 1, name) : null;

    public OnBlock OnBlock()
    {
        if (!root.TryGetProperty("on_block", out var value)) return Contracts.OnBlock.Pause;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is "pause" or "rollback")
            return value.GetString() == "pause" ? Contracts.OnBlock.Pause : Contracts.OnBlock.Rollback;
        errors.Add($"{source}: on_block: {value.GetRawText()} is neither \"pause\" nor \"rollback\"");
        return Contracts.OnBlock.Pause;
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
