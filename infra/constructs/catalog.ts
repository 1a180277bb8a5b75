import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CfnPortfolioPrincipalAssociation,
  CloudFormationProduct,
  CloudFormationTemplate,
  Portfolio,
} from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { offered } from '../catalog/offered.ts';
import { productTemplate } from '../catalog/product-template.ts';
import type { Configuration } from '../configuration.ts';
import { arn, names } from '../names.ts';
import { launching } from '../permissions/catalog.ts';
import type { Setting } from '../permissions/grant.ts';
import { makeRole } from './roles.ts';

/** The template as a file, which is what CDK uploads, and a name for its version: another template is another one. */
const publish = (template: object): { readonly file: string; readonly version: string } => {
  const text = JSON.stringify(template, null, 2);
  const file = join(mkdtempSync(join(tmpdir(), 'forestbridge-')), 'product.template.json');
  writeFileSync(file, text);
  return { file, version: createHash('sha256').update(text).digest('hex').slice(0, 8) };
};

const allow = (scope: Construct, portfolio: Portfolio, { catalog }: Configuration): void => {
  for (const [index, principalArn] of catalog.principalArns.entries())
    new CfnPortfolioPrincipalAssociation(scope, `CatalogUser-${index}`, {
      portfolioId: portfolio.portfolioId,
      principalArn,
      principalType: 'IAM',
    });
};

/** The portfolio and its product, which asks for a database over one of the connections; nothing where none can be offered. */
export const offerProduct = (scope: Construct, setting: Setting): void => {
  const { configuration } = setting;
  const connections = offered(configuration.connections);
  if (connections.length === 0) return;
  const { file, version } = publish(productTemplate(configuration, connections));
  const portfolio = new Portfolio(scope, 'Portfolio', {
    displayName: 'Databases for Windows users',
    providerName: 'Forestbridge',
    description: "SQL Server databases that the company's people log in to with the accounts they have",
  });
  const product = new CloudFormationProduct(scope, 'Product', {
    productName: 'SQL Server for Windows users',
    owner: 'Forestbridge',
    description: 'A SQL Server in a directory that trusts the company. It takes an hour or two.',
    supportEmail: configuration.notificationEmail,
    productVersions: [
      {
        productVersionName: version,
        description: 'Update a product to this version to see the form as it is now',
        cloudFormationTemplate: CloudFormationTemplate.fromAsset(file),
      },
    ],
  });
  portfolio.addProduct(product);
  const role = makeRole(scope, 'Role-launch', {
    roleName: names.launchRole,
    service: 'servicecatalog.amazonaws.com',
    description: 'What Service Catalog launches the product of Forestbridge with',
    grants: launching(setting),
    conditions: {
      StringEquals: { 'aws:SourceAccount': configuration.account },
      ArnLike: { 'aws:SourceArn': arn(configuration, 'servicecatalog', '*') },
    },
  });
  portfolio.setLaunchRole(product, role);
  allow(scope, portfolio, configuration);
};
