namespace Azure.Storage.Blobs.Models;

/// <summary>The service's error codes. They compare with <see cref="RequestFailedException.ErrorCode"/>, which is a string.</summary>
public readonly struct BlobErrorCode(string value) : IEquatable<BlobErrorCode>
{
    private readonly string? _value = value ?? throw new ArgumentNullException(nameof(value));

    public static BlobErrorCode AppendPositionConditionNotMet { get; } = new("AppendPositionConditionNotMet");
    public static BlobErrorCode AuthenticationFailed { get; } = new("AuthenticationFailed");
    public static BlobErrorCode AuthorizationFailure { get; } = new("AuthorizationFailure");
    public static BlobErrorCode AuthorizationPermissionMismatch { get; } = new("AuthorizationPermissionMismatch");
    public static BlobErrorCode AuthorizationProtocolMismatch { get; } = new("AuthorizationProtocolMismatch");
    public static BlobErrorCode BlobAlreadyExists { get; } = new("BlobAlreadyExists");
    public static BlobErrorCode BlobNotFound { get; } = new("BlobNotFound");
    public static BlobErrorCode ConditionNotMet { get; } = new("ConditionNotMet");
    public static BlobErrorCode ContainerAlreadyExists { get; } = new("ContainerAlreadyExists");
    public static BlobErrorCode ContainerBeingDeleted { get; } = new("ContainerBeingDeleted");
    public static BlobErrorCode ContainerNotFound { get; } = new("ContainerNotFound");
    public static BlobErrorCode InternalError { get; } = new("InternalError");
    public static BlobErrorCode InvalidBlobType { get; } = new("InvalidBlobType");
    public static BlobErrorCode InvalidBlockList { get; } = new("InvalidBlockList");
    public static BlobErrorCode InvalidHeaderValue { get; } = new("InvalidHeaderValue");
    public static BlobErrorCode InvalidMetadata { get; } = new("InvalidMetadata");
    public static BlobErrorCode InvalidRange { get; } = new("InvalidRange");
    public static BlobErrorCode InvalidResourceName { get; } = new("InvalidResourceName");
    public static BlobErrorCode LeaseAlreadyPresent { get; } = new("LeaseAlreadyPresent");
    public static BlobErrorCode LeaseIdMismatchWithBlobOperation { get; } = new("LeaseIdMismatchWithBlobOperation");
    public static BlobErrorCode LeaseIdMismatchWithContainerOperation { get; } = new("LeaseIdMismatchWithContainerOperation");
    public static BlobErrorCode LeaseIdMismatchWithLeaseOperation { get; } = new("LeaseIdMismatchWithLeaseOperation");
    public static BlobErrorCode LeaseIdMissing { get; } = new("LeaseIdMissing");
    public static BlobErrorCode LeaseIsBrokenAndCannotBeRenewed { get; } = new("LeaseIsBrokenAndCannotBeRenewed");
    public static BlobErrorCode LeaseLost { get; } = new("LeaseLost");
    public static BlobErrorCode LeaseNotPresentWithBlobOperation { get; } = new("LeaseNotPresentWithBlobOperation");
    public static BlobErrorCode LeaseNotPresentWithLeaseOperation { get; } = new("LeaseNotPresentWithLeaseOperation");
    public static BlobErrorCode OutOfRangeInput { get; } = new("OutOfRangeInput");
    public static BlobErrorCode RequestBodyTooLarge { get; } = new("RequestBodyTooLarge");
    public static BlobErrorCode ResourceNotFound { get; } = new("ResourceNotFound");
    public static BlobErrorCode ServerBusy { get; } = new("ServerBusy");
    public static BlobErrorCode SnapshotsPresent { get; } = new("SnapshotsPresent");

    public bool Equals(BlobErrorCode other) => Equals(other._value);

    public bool Equals(string? value) => string.Equals(_value, value, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => (obj is BlobErrorCode other && Equals(other)) || (obj is string text && Equals(text));

    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    public override string ToString() => _value ?? "";

    public static bool operator ==(BlobErrorCode left, BlobErrorCode right) => left.Equals(right);

    public static bool operator !=(BlobErrorCode left, BlobErrorCode right) => !left.Equals(right);

    public static bool operator ==(BlobErrorCode code, string? value) => code.Equals(value);

    public static bool operator !=(BlobErrorCode code, string? value) => !code.Equals(value);

    public static bool operator ==(string? value, BlobErrorCode code) => code.Equals(value);

    public static bool operator !=(string? value, BlobErrorCode code) => !code.Equals(value);

    public static implicit operator BlobErrorCode(string value) => new(value);
}
