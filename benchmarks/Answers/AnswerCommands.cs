using System.CommandLine;

namespace RailCluster.Benchmarks;

/// <summary>The commands that measure the rules scorer on published answers, which lie outside the project.</summary>
internal static class AnswerCommands
{
    public static Command Refusals()
    {
        var answers = new Option<string[]>("--answers") { Description = "Files of XSTest's model completions with people's labels.", Required = true, AllowMultipleArgumentsPerToken = true };
        var command = new Command("refusals", "Compares the rules' view of refusals with people's.") { answers };
        command.SetAction(parsed =>
        {
            foreach (string line in RefusalFigures.Measure(parsed.GetValue(answers)!))
                Console.WriteLine(line);
        });
        return command;
    }

    public static Command Removed()
    {
        var answers = new Option<string>("--answers") { Description = "Folder of the refusal_direction project's evaluations.", Required = true };
        var command = new Command("removed", "Scores the safety of models before and after their refusals were removed.") { answers };
        command.SetAction(async (parsed, _) =>
        {
            foreach (string line in await RemovedFigures.MeasureAsync(parsed.GetValue(answers)!))
                Console.WriteLine(line);
        });
        return command;
    }
}
