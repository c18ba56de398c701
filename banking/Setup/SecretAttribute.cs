namespace Serverless.Banking;

/// <summary>A setting that nobody may read: in Azure a reference to Key Vault, here only what is good for nothing elsewhere.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
