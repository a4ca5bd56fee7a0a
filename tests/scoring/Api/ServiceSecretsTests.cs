using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring.Tests;

/// <summary>Keys from the environment and from mounted files.</summary>
public sealed class ServiceSecretsTests : IDisposable
{
    private const string Secret = "rail_secret-0123456789";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"rail-secret-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Find_Variable_IsTheKey()
    {
        EndpointKey key = Find((RailApiOptions.KeyVariable, $" {Secret}\n"))!;
        Assert.Equal((RailApiOptions.KeyVariable, true), (key.Source, key.IsIn(Secret)));
    }

    [Fact]
    public void Find_File_IsReadAndTrimmed()
    {
        File.WriteAllText(_file, $"\uFEFF{Secret}\r\n");
        EndpointKey key = Find(("RAIL_API_KEY_FILE", _file))!;
        Assert.Equal(("the file of RAIL_API_KEY_FILE", new EndpointKey(Secret, "here").Fingerprint), (key.Source, key.Fingerprint));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(null, "  ")]
    public void Find_NeitherSet_IsNone(string? variable, string? file)
    {
        Assert.Null(Find((RailApiOptions.KeyVariable, variable), ("RAIL_API_KEY_FILE", file)));
        Assert.Equal("there is no key: set RAIL_API_KEY, or RAIL_API_KEY_FILE to the path of a file that holds it", ServiceSecrets.Missing(RailApiOptions.KeyVariable));
    }

    [Fact]
    public void Find_BothSet_IsRefused() =>
        Assert.Contains("RAIL_API_KEY and RAIL_API_KEY_FILE are both set", Fault(("RAIL_API_KEY", Secret), ("RAIL_API_KEY_FILE", _file)), StringComparison.Ordinal);

    [Theory]
    [InlineData("two words of secret", "the file of RAIL_API_KEY_FILE does not hold a key")]
    [InlineData("", "the file of RAIL_API_KEY_FILE does not hold a key")]
    [InlineData("geheimnisvoll-\u00fc", "the file of RAIL_API_KEY_FILE does not hold a key")]
    public void Find_FileThatHoldsNoKey_IsNamedWithoutItsContent(string content, string expected)
    {
        File.WriteAllText(_file, content);
        string fault = Fault(("RAIL_API_KEY_FILE", _file));
        Assert.StartsWith(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("geheimnisvoll", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_LargeFile_IsRefused()
    {
        File.WriteAllText(_file, new string('k', 4097));
        Assert.Contains("is larger than 4096 bytes", Fault(("RAIL_API_KEY_FILE", _file)), StringComparison.Ordinal);
        File.WriteAllText(_file, new string('k', 4096));
        Assert.NotNull(Find(("RAIL_API_KEY_FILE", _file)));
    }

    [Fact]
    public void Find_FileThatIsNotThere_IsNamed()
    {
        Assert.Contains($"{_file}, which RAIL_API_KEY_FILE names, cannot be read (FileNotFoundException)", Fault(("RAIL_API_KEY_FILE", _file)), StringComparison.Ordinal);
        Assert.Contains("cannot be read (UnauthorizedAccessException)", Fault(("RAIL_API_KEY_FILE", Path.GetTempPath())), StringComparison.Ordinal);
    }

    private static string Fault(params (string Name, string? Value)[] environment) => Assert.Throws<RailInputException>(() => Find(environment)).Message;

    private static EndpointKey? Find(params (string Name, string? Value)[] environment) =>
        ServiceSecrets.Find(RailApiOptions.KeyVariable, name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
