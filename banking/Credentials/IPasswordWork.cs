namespace Serverless.Banking.Credentials;

/// <summary>The slow part of a password. Every call is one computation of the hash, whatever it is asked about.</summary>
public interface IPasswordWork
{
    /// <returns>The salted hash. Or <see cref="LoginBusy"/>.</returns>
    Task<Result<string>> HashAsync(string password, CancellationToken cancellation);

    /// <param name="hash">Null when there is nobody whose password it could be: the same work, and never a match.</param>
    /// <returns>Or <see cref="LoginBusy"/>.</returns>
    Task<Result<PasswordMatch>> CompareAsync(string? hash, string password, CancellationToken cancellation);
}

public enum PasswordMatch
{
    No,
    Yes,

    /// <summary>The hash was made at another cost and should be made anew.</summary>
    YesAtOldCost,
}
