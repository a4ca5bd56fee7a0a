using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary><c>rail suite</c>: <c>import</c>, <c>show</c> and <c>overlap</c>.</summary>
internal static class SuiteCommand
{
    public static Command Create(Terminal terminal) => new("suite", "Makes and looks at safety suites.") { ImportCommand.Create(terminal), Show(terminal), OverlapCommand.Create(terminal) };

    private static Command Show(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A suite, JSON Lines." };
        var format = CommandExtensions.Format();
        var policy = new Option<string?>("--policy") { Description = "JSON file of what is tolerated; without it, the defaults." };
        return new Command("show", "Shows what a suite can tell. Example: rail suite show demo/suite.jsonl") { file, policy, format }
            .Does(terminal, (parsed, _) =>
            {
                var suite = Files.Read(parsed.GetValue(file)!, SuiteFile.Read);
                var rules = parsed.GetValue(policy) is { } path ? PolicyFile.Read(Files.ReadText(path), path) : new Policy();
                SuiteView.Write(terminal, suite.Header, SuiteFacts.Of(suite, rules), parsed.GetValue(format) == "json");
                return Task.FromResult(ExitCodes.Done);
            });
    }
}
