namespace RailCluster.Generation;

/// <summary>
/// How a machine reads Azure Blob Storage. In this order: a connection string, an account's SAS token, and else the machine's identity
/// (managed identity, workload identity, environment, Azure CLI).
/// </summary>
public sealed record AzureAccess
{
    /// <summary>Connection string of one account; null for none.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The account that <see cref="SasToken"/> belongs to; null for none.</summary>
    public string? Account { get; init; }

    /// <summary>Shared access signature with read and list on <see cref="Account"/>; null for none.</summary>
    public string? SasToken { get; init; }

    /// <summary>Blob endpoint of accounts, <c>{0}</c> for the account.</summary>
    public string Endpoint { get; init; } = "https://{0}.blob.core.windows.net/";

    /// <summary>Takes the variables of the Azure command line: AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_SAS_TOKEN.</summary>
    public static AzureAccess FromEnvironment() => new()
    {
        ConnectionString = Variable("AZURE_STORAGE_CONNECTION_STRING"),
        Account = Variable("AZURE_STORAGE_ACCOUNT"),
        SasToken = Variable("AZURE_STORAGE_SAS_TOKEN"),
    };

    /// <summary>Names no secret.</summary>
    public override string ToString() =>
        ConnectionString is not null ? "a connection string" : SasToken is not null ? $"a SAS token of {Account}" : "this machine's identity";

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
