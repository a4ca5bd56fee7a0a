namespace RailCluster.Grains;

/// <summary>What a silo is there for. A silo tells the others through its metadata.</summary>
public static class SiloRole
{
    /// <summary>Runs, checkpoints, shards, aggregation, dispatch.</summary>
    public const string Control = "control";

    /// <summary>Generation: it has devices and sees the model folders.</summary>
    public const string Gpu = "gpu";

    /// <summary>Scoring.</summary>
    public const string Score = "score";

    /// <summary>Metadata key of the comma-separated roles.</summary>
    public const string RolesKey = "rail.roles";

    /// <summary>Metadata key of the silo's name.</summary>
    public const string NameKey = "rail.silo";

    /// <summary>What a silo tells the others about itself.</summary>
    public static Dictionary<string, string> Metadata(string siloName, IEnumerable<string> roles) => new()
    {
        [NameKey] = siloName,
        [RolesKey] = string.Join(',', roles),
    };
}
