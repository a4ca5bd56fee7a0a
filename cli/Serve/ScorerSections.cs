using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Scoring;
using RailCluster.Services;

namespace RailCluster.Cli;

/// <summary>The section <c>scorers</c> of a configuration. Keys are no part of it: a configuration is shown and copied.</summary>
internal sealed record ScorerSections
{
    public RailApiSection? RailApi { get; init; }

    public JudgeSection? Judge { get; init; }

    public ClassifierSection? Onnx { get; init; }

    /// <summary>The scorers as configured; every fault is added to the errors.</summary>
    public ScorerSettings ToScorers(string place, InputErrors errors)
    {
        var settings = new ScorerSettings
        {
            RailApi = Made($"{place}.rail_api", RailApi, section => section.ToOptions(), errors),
            Judge = Made($"{place}.judge", Judge, section => section.ToServer(), errors),
            Classifier = Made($"{place}.onnx", Onnx, section => section.ToOptions(), errors),
            Hints = ScorerHints.Configuration,
        };
        // What is made of them says what else is wrong; a classifier is slow to load, and says so when it is.
        var trial = ScorerCatalog.Create(settings with { Classifier = null }, new ScorerParts(new LocalScorerQuota(TimeProvider.System), TextEncoders.Open, TimeProvider.System));
        foreach (var (name, section) in ((string, string)[])[(RailApiScorer.Name, "rail_api"), (JudgeScorer.Name, "judge")])
            Try($"{place}.{section}", () => trial.Find(name), errors);
        trial.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return settings;
    }

    private static TMade? Made<TSection, TMade>(string place, TSection? section, Func<TSection, TMade> make, InputErrors errors)
        where TSection : class
        where TMade : class => section is null ? null : Try(place, () => make(section), errors);

    private static TMade? Try<TMade>(string place, Func<TMade?> make, InputErrors errors)
        where TMade : class
    {
        try
        {
            return make();
        }
        catch (RailInputException fault)
        {
            errors.Add($"{place}: {fault.Message}");
            return null;
        }
    }
}

/// <summary>The RAIL API; its key is in the environment.</summary>
internal sealed record RailApiSection
{
    public string? Url { get; init; }

    public int? RequestsPerMinute { get; init; }

    public int? RequestsPerDay { get; init; }

    public double? MaxCredits { get; init; }

    public int? InFlight { get; init; }

    public string? LongAnswers { get; init; }

    public RailApiOptions ToOptions()
    {
        var options = new RailApiOptions
        {
            Key = ServiceSecrets.Find(RailApiOptions.KeyVariable) ?? throw new RailInputException(ServiceSecrets.Missing(RailApiOptions.KeyVariable)),
            LongAnswers = LongAnswers switch
            {
                null or "refuse" => Scoring.LongAnswers.Refuse,
                "split" => Scoring.LongAnswers.Split,
                _ => throw new RailInputException($"long_answers: '{LongAnswers}' is neither refuse nor split"),
            },
            Limits = new QuotaLimits(
                RequestsPerMinute ?? RailApiOptions.Free.PerMinute,
                RequestsPerDay ?? RailApiOptions.Free.PerDay,
                MaxCredits,
                InFlight ?? RailApiOptions.Free.InFlight),
        };
        return Url is null ? options : options with { Address = RailApiAddress.Parse(Url) };
    }
}

/// <summary>A chat model that judges; its server's key is in the environment.</summary>
internal sealed record JudgeSection
{
    public string? Url { get; init; }

    public string? Model { get; init; }

    public int Votes { get; init; } = 1;

    public double? Temperature { get; init; }

    public int Seed { get; init; } = 1;

    public string? Output { get; init; } = JudgeOutputs.Schema;

    public int? RequestsPerMinute { get; init; }

    public int? InFlight { get; init; }

    public JudgeServer ToServer()
    {
        if (string.IsNullOrWhiteSpace(Url) || string.IsNullOrWhiteSpace(Model)) throw new RailInputException("url and model are both needed");
        if (RequestsPerMinute < 1) throw new RailInputException("requests_per_minute: is 1 or more");
        var server = JudgeServer.At(Url, Model, ServiceSecrets.Find(JudgeServer.KeyVariable));
        return server with
        {
            Options = server.Options with
            {
                Votes = Votes,
                Temperature = Temperature,
                Seed = Seed,
                Format = JudgeOutputs.Parse(Output ?? "null") ?? throw new RailInputException($"output: '{Output}' is none of {string.Join(", ", JudgeOutputs.Names)}"),
                Limits = server.Options.Limits with { PerMinute = RequestsPerMinute, InFlight = InFlight ?? server.Options.Limits.InFlight },
            },
        };
    }
}

/// <summary>A classifier.</summary>
internal sealed record ClassifierSection
{
    public string? Folder { get; init; }

    public string? Device { get; init; } = ComputeDevice.Cpu;

    public ClassifierOptions ToOptions()
    {
        if (string.IsNullOrWhiteSpace(Folder)) throw new RailInputException("folder is needed");
        var folder = Path.GetFullPath(Folder);
        return Directory.Exists(folder)
            ? new ClassifierOptions(folder) { Device = GenerationOptions.ParseDevice(Device ?? "null", 0) }
            : throw new RailInputException($"folder: {Folder}: no such folder");
    }
}
