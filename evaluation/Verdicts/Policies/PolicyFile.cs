using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Policies as JSON. What is left out has its default; what is unknown is an error. <c>$schema</c> is for editors and passed over.</summary>
public static class PolicyFile
{
    /// <summary>The most characters of a task metric's name.</summary>
    public const int LongestName = 200;

    private const string SchemaResource = "policy.schema.json";

    private static readonly ImmutableArray<string> Known =
    [
        "version", "tolerances", "gated", "required", "floors", "warn_at", "error_limit", "missing_difference_limit", "on_block", "weights", "drift_tolerance",
        "alpha", "target", "early_stop", "expected_checkpoints", "collapse_limit", "task_tolerances",
    ];

    /// <summary>The format as a JSON Schema (draft 2020-12).</summary>
    public static string Schema { get; } = ReadSchema();

    /// <summary>64 lower-case hex digits over the whole policy; part of every verdict.</summary>
    public static string Hash(Policy policy) => CanonicalHash.Of(InOrder(policy));

    /// <summary>The policy with everything written out.</summary>
    public static string Write(Policy policy) => JsonSerializer.Serialize(InOrder(policy), RailJson.Indented) + "\n";

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
        foreach (var property in root.EnumerateObject().Where(property => property.Name != "$schema" && !Known.Contains(property.Name)))
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
            OnBlock = fields.Choice<OnBlock>("on_block"),
            Weights = fields.Weights(),
            DriftTolerance = fields.Number("drift_tolerance", 10) ?? new Policy().DriftTolerance,
            Alpha = fields.Alpha(),
            Target = fields.Choice<EvidenceTarget>("target"),
            EarlyStop = fields.Choice<EarlyStop>("early_stop"),
            ExpectedCheckpoints = fields.ExpectedCheckpoints(),
            CollapseLimit = fields.Share("collapse_limit") ?? new Policy().CollapseLimit,
            TaskTolerances = fields.TaskTolerances(),
        };
        foreach (var measure in policy.Required.Except(policy.Gated))
            errors.Add($"{source}: required: {measure.Key()} is required but not gated; add it to \"gated\"");
        if (policy.Gated.IsEmpty) errors.Add($"{source}: gated: names no measure, so that nothing would be decided; leave it out to gate all ten");
        errors.Throw();
        return policy;
    }

    // Names of people are put in one order on every machine, whatever its language.
    private static Policy InOrder(Policy policy) => policy with { TaskTolerances = policy.TaskTolerances.WithComparers(StringComparer.Ordinal) };

    private static string ReadSchema()
    {
        using var reader = new StreamReader(typeof(PolicyFile).Assembly.GetManifestResourceStream(SchemaResource)!);
        return reader.ReadToEnd();
    }

    private static JsonDocument Parse(string json, string source)
    {
        try
        {
            return StrictJson.Parse(json.TrimStart('\uFEFF'));
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{StrictJson.Place(source, exception)}: the policy {StrictJson.Fault(exception)}", exception);
        }
    }
}
