using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Client;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary><c>rail run policy</c>: the policy that every run of a project at least keeps to.</summary>
internal static class RunPolicyCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var project = new Argument<string>("project") { Description = "The project.", DefaultValueFactory = _ => "default" };
        var set = new Option<string?>("--set") { Description = "JSON file of a policy that runs started from now on may only tighten." };
        var clear = new Option<bool>("--clear") { Description = "Takes the policy back." };
        var format = CommandExtensions.Format();
        var command = new Command("policy", "Shows, sets or takes back the policy that every run of a project at least keeps to. Example: rail run policy default --set policy.json")
        {
            project, set, clear, format,
        };
        return cluster.AddTo(command, run: false).Does(terminal, async (parsed, cancellationToken) =>
        {
            var name = Named(parsed.GetValue(project)!);
            var file = parsed.GetValue(set);
            if (file is not null && parsed.GetValue(clear)) throw new RailInputException("--set and --clear: give one of them");
            var wanted = file is null ? null : PolicyFile.Read(Files.ReadText(file), file);
            await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
            if (file is null && !parsed.GetValue(clear)) await ShowAsync(terminal, connection.Client, name, parsed.GetValue(format) == "json");
            else await SetAsync(terminal, connection.Client, name, wanted);
            return ExitCodes.Done;
        });
    }

    private static string Named(string project) => RunKey.IsName(project)
        ? project
        : throw new RailInputException($"'{project}' is not a project's name; it is {RunKey.NameRule}");

    private static async Task SetAsync(Terminal terminal, RailClient client, string project, Policy? policy)
    {
        await client.SetPolicyAsync(project, policy);
        await terminal.Error.WriteLineAsync(policy is null
            ? $"rail: runs of project '{project}' that start from now on choose their policy freely"
            : $"rail: runs of project '{project}' that start from now on may only tighten policy {PolicyFile.Hash(policy)[..12]}");
    }

    private static async Task ShowAsync(Terminal terminal, RailClient client, string project, bool json)
    {
        var policy = await client.GetPolicyAsync(project);
        // As the file that --set takes.
        if (json) await terminal.Out.WriteAsync(policy is null ? "null\n" : PolicyFile.Write(policy));
        else if (policy is null) await terminal.Out.WriteLineAsync($"project '{project}' has no policy; its runs choose theirs freely");
        else Write(terminal.Tables(), project, policy);
    }

    private static void Write(IAnsiConsole console, string project, Policy policy)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in (string[])["setting", "value"]) table.AddColumn(column);
        var whole = policy with { Tolerances = Measures.All.ToImmutableSortedDictionary(measure => measure, policy.Tolerance) };
        foreach (var (setting, value) in JsonSerializer.SerializeToNode(whole, RailJson.Options)!.AsObject())
        {
            foreach (var (name, text) in Rows(setting, value)) table.AddRow(Terminal.Safe(name), Terminal.Safe(text));
        }

        console.MarkupLine($"runs of project [bold]{project}[/] may only tighten policy {PolicyFile.Hash(policy)[..12]}");
        console.Write(table);
    }

    private static IEnumerable<(string Name, string Text)> Rows(string setting, JsonNode? value) => value switch
    {
        JsonObject { Count: > 0 } many => many.Select(one => ($"{setting}.{one.Key}", $"{one.Value}")),
        JsonArray { Count: > 0 } many => [(setting, string.Join(", ", many.Select(one => $"{one}")))],
        JsonObject or JsonArray => [(setting, "none")],
        _ => [(setting, $"{value}")],
    };
}
