using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Serverless.Sandbox.Issuer;

/// <summary>The issuer's P-256 key. Kept in a file when a setting names one, so that tokens survive a restart.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly ECDsa key;

    /// <param name="file">PEM; made when missing, readable by its owner only. Null: a new key at each start.</param>
    /// <exception cref="InvalidOperationException">The file holds no P-256 key.</exception>
    public SigningKey(string? file)
    {
        key = file is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : Load(file);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        (X, Y) = (Base64UrlEncoder.Encode(parameters.Q.X), Base64UrlEncoder.Encode(parameters.Q.Y));
        var securityKey = new ECDsaSecurityKey(key);
        securityKey.KeyId = KeyId = Base64UrlEncoder.Encode(securityKey.ComputeJwkThumbprint());
        Credentials = new SigningCredentials(securityKey, SecurityAlgorithms.EcdsaSha256);
    }

    public string KeyId { get; }

    public string X { get; }

    public string Y { get; }

    public SigningCredentials Credentials { get; }

    public void Dispose() => key.Dispose();

    private static ECDsa Load(string file)
    {
        if (!File.Exists(file))
        {
            Save(file);
        }

        var loaded = ECDsa.Create();
        try
        {
            loaded.ImportFromPem(File.ReadAllText(file));
            return loaded.KeySize == 256 ? loaded : throw new CryptographicException("The curve is another one.");
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException)
        {
            loaded.Dispose();
            throw new InvalidOperationException($"Issuer:KeyFile '{file}' holds no P-256 private key in PEM; remove it to get a new one.", unusable);
        }
    }

    /// <summary>Written aside and moved, so that a killed start leaves no half a key.</summary>
    private static void Save(string file)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var aside = $"{file}.{Environment.ProcessId}";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using (var writer = new StreamWriter(aside, options))
        {
            writer.Write(made.ExportPkcs8PrivateKeyPem());
        }

        File.Move(aside, file, overwrite: true);
    }
}
