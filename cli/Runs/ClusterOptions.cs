using System.CommandLine;
using RailCluster.Client;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>Which cluster, and which run on it: the same on every <c>rail run</c> command.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _gateway = new("--gateway") { Description = "Address and port of the cluster." };
    private readonly Option<string> _data = CommandExtensions.Option("--data", "Without --gateway: the data folder of a 'rail serve' on this machine.", ServeCommand.DefaultData);

    public Argument<string> Run { get; } = new("run") { Description = "RUN, or PROJECT/RUN." };

    public Command AddTo(Command command, bool run = true)
    {
        if (run) command.Arguments.Insert(0, Run);
        command.Add(_gateway);
        command.Add(_data);
        return command;
    }

    public Task<RailConnection> ConnectAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        Endpoint.ConnectAsync(parsed.GetValue(_gateway), parsed.GetValue(_data)!, cancellationToken);

    /// <exception cref="RailInputException">The text is not a run's name.</exception>
    public RunKey Key(ParseResult parsed)
    {
        try
        {
            return RunKey.Parse(parsed.GetValue(Run)!);
        }
        catch (FormatException exception)
        {
            throw new RailInputException(exception.Message, exception);
        }
    }
}
