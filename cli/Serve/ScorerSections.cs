using RailCluster.Contracts;
using RailCluster.Evaluation;
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
    public ScorerSettings ToScorers(string place, InputErrors errors) => new()
    {
        RailApi = Made($"{place}.rail_api", RailApi, section => section.ToOptions(), errors),
        Judge = Made($"{place}.judge", Judge, section => section.ToServer(), errors),
        Classifier = Made($"{place}.onnx", Onnx, section => section.ToOptions(), errors),
        Hints = ScorerHints.Configuration,
    };

    private static TMade? Made<TSection, TMade>(string place, TSection? section, Func<TSection, TMade> make, InputErrors errors)
        where TSection : class
        where TMade : class
    {
        try
        {
            return section is null ? null : make(section);
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

    public double? HedgeAfterSeconds { get; init; }

    public RailApiOptions ToOptions()
    {
        var options = new RailApiOptions
        {
            Key = ServiceSecrets.Find(RailApiOptions.KeyVariable) ?? throw new RailInputException(ServiceSecrets.Missing(RailApiOptions.KeyVariable)),
            HedgeAfter = ScorerChoice.Seconds(HedgeAfterSeconds),
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
        if (Url is not null) options = options with { Address = RailApiAddress.Parse(Url) };
        options.Require();
        return options;
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

    public double Hedge { get; init; }

    public JudgeServer ToServer()
    {
        if (string.IsNullOrWhiteSpace(Url) || string.IsNullOrWhiteSpace(Model)) throw new RailInputException("url and model are both needed");
        if (RequestsPerMinute < 1) throw new RailInputException("requests_per_minute: is 1 or more");
        var server = JudgeServer.At(Url, Model, ServiceSecrets.Find(JudgeServer.KeyVariable));
        server = server with
        {
            Options = server.Options with
            {
                HedgeMultiple = Hedge,
                Votes = Votes,
                Temperature = Temperature,
                Seed = Seed,
                Format = JudgeOutputs.Parse(Output ?? "null") ?? throw new RailInputException($"output: '{Output}' is none of {string.Join(", ", JudgeOutputs.Names)}"),
                Limits = server.Options.Limits with { PerMinute = RequestsPerMinute, InFlight = InFlight ?? server.Options.Limits.InFlight },
            },
        };
        server.Options.Require();
        return server;
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
