using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;

namespace Serverless.Testing;

/// <summary>Signs customers in to a bank that runs in another process: by the same operation, the same storage and the same key.</summary>
public static class ProcessSignIn
{
    /// <summary>Of every <see cref="BankProcess"/> that this one starts.</summary>
    public static string SigningKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem();

    /// <param name="prefix">Of the bank's tables.</param>
    public static CustomerSignIn To(string storage, string prefix)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSessions();
        services.Configure<StorageOptions>(options => (options.ConnectionString, options.TablePrefix) = (storage, prefix));
        services.Configure<SessionsOptions>(options =>
        {
            (options.SigningKey, options.AccessMinutes, options.IdleMinutes) = (SigningKey, 60, 60);
            options.RefreshKey = HttpBank.Settings("http://127.0.0.1").Single(setting => setting.Name == "Sessions__RefreshKey").Value;
        });
        return new CustomerSignIn(services.BuildServiceProvider());
    }
}
