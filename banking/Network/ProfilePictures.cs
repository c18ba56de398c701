namespace Serverless.Banking.Network;

/// <summary>The pictures that customers show to those who have them in their network (REQ-01); the capability that keeps profiles implements it.</summary>
public interface IProfilePictures
{
    /// <returns>Null when the number's customer has no picture or does not allow its use.</returns>
    Task<Uri?> FindAsync(PhoneNumber phone, CancellationToken cancellation);
}

/// <summary>While the bank keeps no profiles, nobody has a picture.</summary>
internal sealed class NoProfilePictures : IProfilePictures
{
    public Task<Uri?> FindAsync(PhoneNumber phone, CancellationToken cancellation) => Task.FromResult<Uri?>(null);
}
