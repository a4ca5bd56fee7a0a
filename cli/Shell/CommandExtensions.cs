using System.CommandLine;
using System.Text.Json;

namespace RailCluster.Cli;

/// <summary>What every command shares.</summary>
internal static class CommandExtensions
{
    /// <summary>Gives a command its work; whatever goes wrong becomes one line and an exit code.</summary>
    public static Command Does(this Command command, Terminal terminal, Func<ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction((parsed, cancellationToken) => Failures.GuardAsync(terminal, () => work(parsed, cancellationToken)));
        return command;
    }

    /// <summary>An option with a default.</summary>
    public static Option<T> Option<T>(string name, string description, T byDefault) =>
        new(name) { Description = description, DefaultValueFactory = _ => byDefault };

    /// <summary>An option of an enumeration's values, in the words of files; its first value without it.</summary>
    public static Option<string> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        var words = Enum.GetValues<T>().Select(Word).ToArray();
        var option = Option(name, description, words[0]);
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    /// <summary>The value of such an option.</summary>
    public static T Chosen<T>(this ParseResult parsed, Option<string> option)
        where T : struct, Enum => Enum.GetValues<T>().First(value => Word(value) == parsed.GetValue(option));

    /// <summary>An option that must be given.</summary>
    public static Option<T> Required<T>(string name, string description) => new(name) { Description = description, Required = true };

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The option <c>--format table|json</c>.</summary>
    public static Option<string> Format()
    {
        var format = Option("--format", "table for people, json for programs.", "table");
        format.AcceptOnlyFromAmong("table", "json");
        return format;
    }
}
