using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

[assembly: AssemblyFixture(typeof(RailCluster.Generation.Tests.Azurite))]

namespace RailCluster.Generation.Tests;

/// <summary>
/// Azure Blob Storage as its emulator has it, in memory, on a free loopback port, for as long as the tests run. Where Node or the emulator is
/// missing, tests that need it are skipped; they fail instead where RAIL_REQUIRE_ALL=1.
/// </summary>
public sealed partial class Azurite : IAsyncLifetime
{
    public const string Account = "railtests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
    private Process? _process;
    private string? _failure;
    private string _endpoint = "";
    private int _containers;

    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={_key};BlobEndpoint={_endpoint}/{Account};";

    /// <summary>With <c>{0}</c> for the account.</summary>
    public string Endpoint => _endpoint + "/{0}";

    public string Key => _key;

    /// <summary>Skips the test where there is no emulator.</summary>
    public void Require()
    {
        if (_failure is null)
            return;
        string reason = $"no Azurite ({_failure}): run 'npm ci --ignore-scripts --prefix tests/servers'";
        if (Environment.GetEnvironmentVariable("RAIL_REQUIRE_ALL") == "1")
            Assert.Fail(reason);
        Assert.Skip(reason);
    }

    /// <summary>A new container with a folder's files under a prefix; gives its name.</summary>
    public async Task<BlobContainerClient> UploadAsync(string folder, string prefix)
    {
        BlobContainerClient container = new BlobServiceClient(ConnectionString)
            .GetBlobContainerClient(string.Create(CultureInfo.InvariantCulture, $"container{Interlocked.Increment(ref _containers)}"));
        await container.CreateAsync();
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            await container.UploadBlobAsync(prefix + Path.GetRelativePath(folder, file), BinaryData.FromBytes(await File.ReadAllBytesAsync(file)));
        return container;
    }

    /// <summary>A token for the account.</summary>
    public string Sas(AccountSasPermissions permissions) => new BlobServiceClient(ConnectionString).GenerateAccountSasUri(
        permissions, TimeProvider.System.GetUtcNow().AddHours(1), AccountSasResourceTypes.Container | AccountSasResourceTypes.Object).Query.TrimStart('?');

    public async ValueTask InitializeAsync()
    {
        string program = Checkout.At("tests", "servers", "node_modules", "azurite", "dist", "src", "blob", "main.js");
        if (!File.Exists(program))
        {
            _failure = "it is not installed";
            return;
        }

        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[program, "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent", "--blobHost", "127.0.0.1", "--blobPort", "0"])
            start.ArgumentList.Add(argument);
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{_key}";
        try
        {
            _process = Process.Start(start)!;
            _endpoint = await ListeningAsync(_process.StandardOutput).WaitAsync(Patience);
            _ = _process.StandardError.ReadToEndAsync();
            _ = _process.StandardOutput.ReadToEndAsync();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or TimeoutException)
        {
            _failure = e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> ListeningAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (Listens().Match(line) is { Success: true } match)
                return match.Groups[1].Value;
        }

        throw new IOException("it ended before it listened");
    }

    [GeneratedRegex("successfully listens on (http://[^ ]+:[0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Listens();
}
