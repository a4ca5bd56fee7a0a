using System.CommandLine;
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
        return new Command("show", "Shows what a suite can tell. Example: rail suite show demo/suite.jsonl") { file, format }
            .Does(terminal, (parsed, _) =>
            {
                var suite = Files.Read(parsed.GetValue(file)!, SuiteFile.Read);
                SuiteView.Write(terminal, suite.Header, SuiteFacts.Of(suite), parsed.GetValue(format) == "json");
                return Task.FromResult(ExitCodes.Done);
            });
    }
}
